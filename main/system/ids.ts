import { randomBytes } from 'node:crypto'
import type { MakeId } from '../../shared/std/ids.ts'
import { uuidV7 } from '../../shared/std/uuid.ts'

export const makeId: MakeId = () => uuidV7(Date.now(), randomBytes(16))

/** For tokens and cookies: 256 bits, safe in addresses. */
export const makeSecret = (): string => randomBytes(32).toString('base64url')
