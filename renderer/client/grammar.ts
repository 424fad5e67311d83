import { useView } from './desktop.ts'

/** The option of `t()` for texts that agree with who is signed in: Pronta, Pronto, Disponibile. */
export function useGrammar(): { context?: 'f' | 'm' } {
  const session = useView('session.current')
  const grammar = session?.status === 'signed-in' ? session.user.grammar : 'n'
  return grammar === 'n' ? {} : { context: grammar }
}
