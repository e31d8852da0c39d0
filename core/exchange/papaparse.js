/** Papa Parse under a name that our own types describe (papaparse.d.ts). */
export { default } from 'papaparse/papaparse.js'
