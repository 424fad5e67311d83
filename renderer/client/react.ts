import type { FunctionComponent, ReactNode } from 'react'
import { createContext, createElement, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Client, Contract, ViewPath, ViewValue } from '../../shared/rpc/contract.ts'
import type { AppError } from '../../shared/std/errors.ts'
import type { Connection, Status } from './connection.ts'
import type { SharedView } from './view-store.ts'
import { viewStore } from './view-store.ts'

export interface ClientHooks<C extends Contract> {
  ClientProvider: FunctionComponent<{ connection: Connection<C>; children?: ReactNode }>
  useClient(): Client<C>
  useConnection(): Connection<C>
  useStatus(): Status
  /** The view's latest value, undefined until the first. The host is asked only while a component looks. */
  useView<P extends ViewPath<C>>(path: P): ViewValue<C, P> | undefined
  /** Why the host refuses the view, where it does. */
  useViewError(path: ViewPath<C>): AppError | undefined
}

/** The hooks of one contract; made once in the page, beside the contract's type. */
export function clientHooks<C extends Contract>(): ClientHooks<C> {
  interface Provided {
    connection: Connection<C>
    shared: (path: ViewPath<C>) => SharedView
  }
  const Provided = createContext<Provided | undefined>(undefined)
  const useProvided = () => {
    const provided = useContext(Provided)
    if (!provided) throw new Error('ClientProvider is missing above this component')
    return provided
  }
  const useShared = (path: ViewPath<C>) => {
    const view = useProvided().shared(path)
    return useSyncExternalStore(view.subscribe, view.current, view.current)
  }
  return {
    ClientProvider: ({ connection, children }) => {
      const value = useMemo(() => ({ connection, shared: viewStore(connection.client) }), [connection])
      return createElement(Provided, { value }, children)
    },
    useClient: () => useProvided().connection.client,
    useConnection: () => useProvided().connection,
    useStatus: () => {
      const { status } = useProvided().connection
      return useSyncExternalStore(status.changed, status.current, status.current)
    },
    useView: <P extends ViewPath<C>>(path: P) => useShared(path).value as ViewValue<C, P> | undefined,
    useViewError: (path) => useShared(path).error,
  }
}
