/** The command line: `npm run ambit -- <command>`. Each command is a file; this one only chooses (DESIGN 8). */
import { CommandFailure } from './failure.ts'

type Command = (argv: readonly string[]) => Promise<void>

const commands: Readonly<Record<string, () => Promise<{ readonly run: Command; readonly usage: string }>>> = {
  serve: () => import('./serve.ts'),
  init: () => import('./init.ts'),
  import: () => import('./import.ts'),
  export: () => import('./export.ts'),
  password: () => import('./password.ts'),
  explain: () => import('./explain.ts'),
  who: () => import('./who.ts'),
  'dry-run': () => import('./dry-run.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
}

const [name = '', ...argv] = process.argv.slice(2)

// `ambit export … | head`: whoever reads has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await chosen(name)
} catch (error) {
  const failure = error instanceof CommandFailure ? error : null
  process.stderr.write(`ambit: ${error instanceof Error ? error.message : String(error)}\n`)
  if (failure === null && process.env.AMBIT_LOG === 'debug') console.error(error)
  process.exitCode = failure?.exitCode ?? 1
}

async function chosen(command: string): Promise<void> {
  if (command === 'help' || command === '--help') return printUsage()
  const load = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!load)
    throw new CommandFailure(
      `${command === '' ? 'which command?' : `there is no command \`${command}\``} One of: ${Object.keys(commands).join(', ')}`,
      2,
    )
  await (await load()).run(argv)
}

async function printUsage(): Promise<void> {
  for (const load of Object.values(commands)) process.stdout.write(`ambit ${(await load()).usage}\n`)
}
