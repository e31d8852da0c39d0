/** Whether a device is to be emptied: asked for, and not done since (L21). */
import type { Device } from './storage.ts'

export function isWipeDue({ wipeAsked, wipedAt }: Pick<Device, 'wipeAsked' | 'wipedAt'>): boolean {
  return wipeAsked !== undefined && (wipedAt === undefined || wipedAt < wipeAsked.at)
}
