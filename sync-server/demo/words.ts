/** Names that the demo's people, towns and shops are put together from. All of them invented or everyday. */

export const firstNames = (
  'Aila Anton Bea Callum Carys Conrad Dilys Edith Eamon Esme Farah Felix Gwen Harvey Ida Idris Imani Ines Isla Jonas Juno ' +
  'Kasper Keira Leif Leonie Linnea Mabel Malik Maren Mina Nadia Nils Noor Olga Oscar Petra Priya Quentin Ravi Rosa Rufus ' +
  'Saskia Selma Silas Sunniva Tariq Tess Theo Una Vera Viggo Willa Yara Yusuf Zelda Zoë'
).split(' ')

export const lastNames = (
  'Abara Aldous Ashworth Barrow Bexley Birch Blythe Calder Carrow Chaudhry Cobb Corrigan Dalby Darrow Ekström Elms Fairley ' +
  'Falk Fenwick Garrick Greaves Haddon Hale Hargreave Holm Ibsen Jarrow Kaur Keel Kirkby Larkin Lindqvist Lowell Marsden ' +
  'Mercer Moss Nakamura Norling Oakes Okafor Olsen Parr Penrose Quill Radcliffe Rowe Sayer Selwyn Shaw Søndergaard Stroud ' +
  'Tandy Thorne Umber Vance Wainwright Weir Wynn Yardley'
).split(' ')

export interface Region {
  readonly territory: string
  readonly state: string
  readonly stateName: string
  readonly zipPrefix: string
  readonly towns: readonly string[]
}

export const regions: readonly Region[] = [
  {
    territory: 'North',
    state: 'NBL',
    stateName: 'Northumberland',
    zipPrefix: 'NE',
    towns: ['Alderwick', 'Coldburn', 'Harrowmouth', 'Rothley Bridge'],
  },
  {
    territory: 'North',
    state: 'CMA',
    stateName: 'Cumbria',
    zipPrefix: 'CA',
    towns: ['Askerdale', 'Fellgarth', 'Kirkmere', 'Thornside'],
  },
  {
    territory: 'North',
    state: 'NYK',
    stateName: 'North Yorkshire',
    zipPrefix: 'YO',
    towns: ['Brackenby', 'Middlewath', 'Staithe', 'Wolderton'],
  },
  {
    territory: 'West',
    state: 'DEV',
    stateName: 'Devon',
    zipPrefix: 'EX',
    towns: ['Combeleigh', 'Dartcross', 'Otterford', 'Saltcombe'],
  },
  {
    territory: 'West',
    state: 'CON',
    stateName: 'Cornwall',
    zipPrefix: 'TR',
    towns: ['Lanivow', 'Penmorra', 'Polgarren', 'Trevowan'],
  },
  {
    territory: 'West',
    state: 'GLS',
    stateName: 'Gloucestershire',
    zipPrefix: 'GL',
    towns: ['Chippingford', 'Nailsmere', 'Stowley', 'Wickwater'],
  },
  {
    territory: 'South',
    state: 'KEN',
    stateName: 'Kent',
    zipPrefix: 'ME',
    towns: ['Appledown', 'Oasthurst', 'Sandgate Cross', 'Wealdham'],
  },
  {
    territory: 'South',
    state: 'HAM',
    stateName: 'Hampshire',
    zipPrefix: 'SO',
    towns: ['Alresbourne', 'Hambleside', 'Netley Green', 'Ringbrook'],
  },
  {
    territory: 'South',
    state: 'WSX',
    stateName: 'West Sussex',
    zipPrefix: 'RH',
    towns: ['Ardinghurst', 'Downlea', 'Pulbourne', 'Slindon Cross'],
  },
]

export const shopPatterns = [
  '{last} & {last} Ironmongers',
  '{town} Garden Centre',
  '{town} Tools and Hire',
  '{last}’s Hardware',
  'The {first} {last} Nursery',
  '{town} Farm Supplies',
  '{last} Landscapes',
  '{last} Brothers Timber',
  '{town} Builders’ Merchants',
  'Green {last} Plants',
  '{town} Ropes & Chandlery',
  '{last} Fencing Company',
] as const

export const streets =
  'Mill Lane,Station Road,High Street,Quay Street,Church Row,The Old Dairy,Market Place,Tanners Yard,Long Acre'.split(
    ',',
  )
export const businessTypes = [
  'Retailer',
  'Trade counter',
  'Value added reseller',
  'Nursery',
  'Co-operative',
] as const
export const specialties = ['Hand tools', 'Garden', 'Fencing', 'Irrigation', 'Workwear'] as const
export const contactJobs = ['Owner', 'Buyer', 'Branch manager', 'Accounts', 'Head gardener'] as const

export const notes = [
  'Opens at ten. Park behind the yard, the front is for lorries.',
  'Wants the spring order in writing before April. Pays on the day.',
  'Ask for the buyer, not the counter. Prefers a call on Tuesday mornings.',
  'Two more branches planned next year; keen on a frame agreement.',
  'Had trouble with the last delivery: two pallets short. Follow up in person.',
  'Compares us with a local wholesaler on hand tools. Quality is what they ask for first.',
] as const
