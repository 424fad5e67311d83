import type { Desktop } from '../../shared/contract/index.ts'
import { clientHooks } from './react.ts'

/** The hooks of the desktop contract, for every feature of the page. */
export const { ClientProvider, useClient, useConnection, useStatus, useView, useViewError } =
  clientHooks<Desktop>()
