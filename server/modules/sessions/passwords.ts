import { hash, verify } from '@node-rs/argon2'
import type { PasswordHasher } from './rules.ts'

/**
 * OWASP password storage cheat sheet, argon2id: 19 MiB, two passes, one lane. The library's default algorithm is
 * argon2id, its salt 16 random bytes. It works in the thread pool: some 100 ms on a small machine, off the event loop.
 */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const argon2Hasher: PasswordHasher = {
  hash: (password) => hash(password, options),
  verify: (stored, password) => verify(stored, password),
}
