/**
 * Short messages that go by themselves: "Removed 275", with Undo. Anything that must not be missed is no toast:
 * a refusal is shown where the edit was made.
 */
import { createSignal } from 'solid-js'
import type { Tone } from './types.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: Tone
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined
  readonly durationMs: number
}

/** Time to read a line, and to reach for Undo. */
const DURATION_MS = 6_000

/** More at once would cover what they are about; the oldest goes. */
const SHOWN_MAX = 3

const [shown, setShown] = createSignal<readonly Toast[]>([])
let lastId = 0

export const toasts = shown

export function showToast(
  text: string,
  options: {
    readonly tone?: Tone | undefined
    readonly action?: Toast['action']
    readonly durationMs?: number | undefined
  } = {},
): void {
  lastId += 1
  const toast: Toast = {
    id: lastId,
    text,
    tone: options.tone ?? 'plain',
    action: options.action,
    durationMs: options.durationMs ?? DURATION_MS,
  }
  setShown((before) => [...before, toast].slice(-SHOWN_MAX))
}

export function dismissToast(id: number): void {
  setShown((before) => before.filter((toast) => toast.id !== id))
}
