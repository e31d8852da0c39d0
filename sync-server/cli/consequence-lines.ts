/** Whom a change would touch, as lines: numbers first, the largest loss first, then each worker. */
import { byFeature } from '../../core/access/impact.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import type { Consequences, WorkerEffect } from '../dry-run/dry-run.ts'

/** Workers that are told one by one; the rest is a number. */
const WORKERS_TOLD_MAX = 25

export function isNothing({ workers, devices }: Consequences): boolean {
  return workers.length === 0 && devices.length === 0
}

export function consequenceLines(
  { workers, devices }: Consequences,
  catalogue: Catalogue,
): readonly string[] {
  if (isNothing({ workers, devices })) return ['Nobody gains or loses anything.']
  const label = (feature: string) => catalogue.featureById.get(feature)?.label ?? feature
  const featureLines = (which: 'loses' | 'gains') =>
    byFeature(workers.map((worker) => worker[which])).map(
      ({ feature, workers: count }) =>
        `${counted(count, 'worker')} ${which === 'loses' ? 'lose' : 'gain'}${count === 1 ? 's' : ''} “${label(feature)}”`,
    )
  const accountLine = (which: 'lost' | 'gained') => {
    const concerned = workers.filter(({ accounts }) => accounts[which] > 0)
    const sum = concerned.reduce((total, { accounts }) => total + accounts[which], 0)
    const verb = which === 'lost' ? 'lose sight of' : 'come to see'
    return sum === 0
      ? []
      : [`${counted(concerned.length, 'worker')} ${verb} ${counted(sum, 'account')} between them`]
  }
  const refused = devices.reduce((total, device) => total + device.refused, 0)
  const holding = devices.filter((device) => device.refused > 0).length
  return [
    ...featureLines('loses'),
    ...accountLine('lost'),
    ...featureLines('gains'),
    ...accountLine('gained'),
    ...(refused > 0
      ? [`${counted(refused, 'unsent edit')} on ${counted(holding, 'device')} would be refused`]
      : []),
    ...workers.slice(0, WORKERS_TOLD_MAX).map((worker) => `  ${workerLine(worker, label)}`),
    ...(workers.length > WORKERS_TOLD_MAX ? [`  and ${workers.length - WORKERS_TOLD_MAX} more`] : []),
    ...devices.map(
      ({ name, unsent, refused: of }) =>
        `  ${name}’s device: ${counted(unsent, 'unsent edit')}, ${of} of them refused`,
    ),
  ]
}

function workerLine(
  { name, gains, loses, accounts }: WorkerEffect,
  label: (feature: string) => string,
): string {
  const parts = [
    ...loses.map((feature) => `- ${label(feature)}`),
    ...gains.map((feature) => `+ ${label(feature)}`),
    ...(accounts.lost > 0 ? [`- ${counted(accounts.lost, 'account')}`] : []),
    ...(accounts.gained > 0 ? [`+ ${counted(accounts.gained, 'account')}`] : []),
  ]
  return `${name}: ${parts.join(', ')}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
