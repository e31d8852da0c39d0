/** Counters for Prometheus. No labels with names of people or records: metrics are read by whoever runs the machine. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  text(): Promise<string>
  readonly sockets: Gauge
  readonly links: Gauge
  readonly rooms: Gauge
  /** Records kept at hand by the gate, most with an open document. */
  readonly liveRecords: Gauge
  readonly updates: Counter<'verdict'>
  readonly closes: Counter<'code'>
  readonly verdictSeconds: Histogram
  /** 1 while the last commit failed: the disk is full, or gone. */
  readonly commitsFailing: Gauge
  readonly commitsFailed: Counter
  readonly damagedRecords: Gauge
}

export function createMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  return {
    text: () => register.metrics(),
    sockets: new Gauge({ name: 'ambit_sockets', help: 'Open sockets', registers }),
    links: new Gauge({ name: 'ambit_links', help: 'Sockets that said hello', registers }),
    rooms: new Gauge({ name: 'ambit_rooms', help: 'Records with at least one socket', registers }),
    liveRecords: new Gauge({
      name: 'ambit_live_records',
      help: 'Records that the gate keeps at hand',
      registers,
    }),
    updates: new Counter({
      name: 'ambit_updates_total',
      help: 'Updates judged',
      labelNames: ['verdict'],
      registers,
    }),
    closes: new Counter({
      name: 'ambit_closes_total',
      help: 'Sockets closed by us',
      labelNames: ['code'],
      registers,
    }),
    commitsFailing: new Gauge({
      name: 'ambit_commits_failing',
      help: '1 while the storage takes no commits: edits wait on their devices',
      registers,
    }),
    commitsFailed: new Counter({
      name: 'ambit_commits_failed_total',
      help: 'Commits that the storage did not take',
      registers,
    }),
    damagedRecords: new Gauge({
      name: 'ambit_damaged_records',
      help: 'Stored records that cannot be read, as far as they were asked for',
      registers,
    }),
    verdictSeconds: new Histogram({
      name: 'ambit_verdict_seconds',
      help: 'From an update’s arrival to its verdict',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  }
}
