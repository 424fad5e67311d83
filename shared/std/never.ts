/** Marks a branch the types rule out, so that a new variant stops the build where it is not handled. */
export function unreachable(value: never): never {
  throw new Error(`unhandled variant: ${JSON.stringify(value)}`)
}
