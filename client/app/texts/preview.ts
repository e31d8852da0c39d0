/** Another worker's portal, looked at. */
import { template } from '@solid-primitives/i18n'

export const preview = {
  banner: template<{ name: string; time: string }>(
    'The portal as {{ name }} would see it, from what this device held at {{ time }}. Nothing is changed here.',
  ),
  leave: 'Leave preview',
  begin: template<{ name: string }>('Preview as {{ name }}'),
  making: 'Making the preview',
  incomplete: 'You do not see every group and worker, so the preview could be wrong.',
  failed: 'The preview could not be made: the browser had no room for it.',
}
