/**
 * One import from the file to what became of it: chosen and read, its columns decided, tried without being applied, applied.
 * Each stage can be left for the one before; nothing is kept when the screen is left.
 */
import { type Accessor, batch, createSignal, onCleanup } from 'solid-js'
import { keyColumnOf } from '../../../../core/exchange/file-columns.ts'
import { writeHeader } from '../../../../core/exchange/file-header.ts'
import { kindOfFile } from '../../../../core/exchange/files.ts'
import type { FileKind } from '../../../../core/exchange/kinds.ts'
import { t } from '../../../app/i18n.ts'
import { askImport, NotAnswered, type Progress } from './exchange-api.ts'
import type { FromReader } from './file-messages.ts'
import { fileByHeader, LEAVE, type Mapping, namesToSend, proposeMapping } from './map-columns.ts'
import { readFile } from './read-file.ts'
import type { Report } from './report.ts'

export type Stage = 'choose' | 'reading' | 'columns' | 'checking' | 'checked' | 'applying' | 'applied'

export interface ChosenFile extends Extract<FromReader, { type: 'read' }> {
  readonly name: string
  /** Bytes. */
  readonly size: number
}

export interface ImportFlow {
  readonly stage: Accessor<Stage>
  readonly file: Accessor<ChosenFile | null>
  /** Null while neither name nor columns tell, and nobody has said. */
  readonly kind: Accessor<FileKind | null>
  readonly mapping: Accessor<Mapping>
  /** Of the dry run, then of the import. */
  readonly report: Accessor<Report | null>
  readonly progress: Accessor<Progress | null>
  /** Whether rights may be taken away: ticked on purpose, for this report only (R-g). */
  readonly removals: Accessor<boolean>
  /** What did not work, as a sentence. */
  readonly problem: Accessor<string | null>
  /** Why the file cannot be checked yet, as a sentence. */
  readonly undecided: Accessor<string | null>
  choose(file: File): void
  setKind(kind: FileKind): void
  map(index: number, target: string | null): void
  setRemovals(allowed: boolean): void
  check(): void
  apply(): void
  /** From what was found back to the columns. */
  back(): void
  reset(): void
}

export function createImport(): ImportFlow {
  const [stage, setStage] = createSignal<Stage>('choose')
  const [file, setFile] = createSignal<ChosenFile | null>(null)
  const [kind, setKindOnly] = createSignal<FileKind | null>(null)
  const [mapping, setMapping] = createSignal<Mapping>([])
  const [report, setReport] = createSignal<Report | null>(null)
  const [progress, setProgress] = createSignal<Progress | null>(null)
  const [removals, setRemovals] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  let running = new AbortController()
  onCleanup(() => running.abort())

  const setKind = (next: FileKind) => {
    setKindOnly(next)
    setMapping(proposeMapping(file()?.split.header ?? [], next))
  }

  const undecided = () => {
    const chosen = kind()
    if (chosen === null) return t('exchange.chooseKind')
    const open = mapping().filter((target) => target === null).length
    if (open > 0) return t('exchange.decideFirst')
    const key = keyColumnOf(chosen)
    return mapping().includes(key) ? null : t('exchange.keyMissing', { column: key })
  }

  const restart = () => {
    running.abort()
    running = new AbortController()
    return running.signal
  }

  const reset = () => {
    restart()
    batch(() => {
      setStage('choose')
      setFile(null)
      setKindOnly(null)
      setReport(null)
      setProblem(null)
    })
  }

  const choose = (next: File) => {
    reset()
    setStage('reading')
    const signal = restart()
    void readFile(next, signal).then((read) => {
      if (signal.aborted) return
      batch(() => {
        if (read.type === 'read') {
          setFile({ ...read, name: next.name, size: next.size })
          setStage('columns')
          const found = kindOfFile(next.name) ?? fileByHeader(read.split.header)
          if (found !== null) setKind(found)
        } else {
          setStage('choose')
          setProblem(whyNotRead(next.name, read))
        }
      })
    })
  }

  /** One question, and the stage that its answer leads to; back where it came from when there is none. */
  const ask = async (mode: 'dry-run' | 'apply', during: Stage, after: Stage, before: Stage) => {
    const [chosen, of] = [file(), kind()]
    if (chosen === null || of === null) return
    const signal = restart()
    batch(() => {
      setProblem(null)
      setProgress(null)
      setStage(during)
    })
    const { names, ignore } = namesToSend(chosen.split.header, mapping())
    const body = new Blob([writeHeader(names, chosen.split), chosen.below], { type: 'text/csv' })
    // The dry run shows what would be taken away; only the tick beside it takes it.
    const question = { kind: of, body, ignore, mode, removals: mode === 'dry-run' || removals() }
    try {
      const told = await askImport(question, setProgress, signal)
      if (signal.aborted) return
      batch(() => {
        setReport(told)
        setStage(mode === 'apply' && told.errors.length > 0 ? 'checked' : after)
      })
    } catch (error) {
      if (signal.aborted) return
      batch(() => {
        setProblem(error instanceof NotAnswered ? error.message : t('exchange.lost'))
        setStage(before)
      })
    }
  }

  return {
    stage,
    file,
    kind,
    mapping,
    report,
    progress,
    removals,
    problem,
    undecided,
    choose,
    setKind,
    map: (index, target) => {
      const next = mapping().map((old, at) => {
        if (at === index) return target
        // A column of ours is filled from one of the file's.
        return target !== LEAVE && old === target ? null : old
      })
      setMapping(next)
    },
    setRemovals,
    check: () => {
      setRemovals(false)
      void ask('dry-run', 'checking', 'checked', 'columns')
    },
    apply: () => void ask('apply', 'applying', 'applied', 'checked'),
    back: () => {
      batch(() => {
        setStage('columns')
        setReport(null)
        setProblem(null)
      })
    },
    reset,
  }
}

function whyNotRead(name: string, read: Exclude<FromReader, { type: 'read' }>): string {
  if (read.type === 'empty') return t('exchange.emptyFile', { name })
  const { row, message } = read
  // What is wrong from the first byte on is wrong with the whole file.
  if (row === 1) return t('exchange.badFileWhole', { name, message })
  return t('exchange.badFile', { name, row: String(row), message })
}
