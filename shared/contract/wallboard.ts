import { z } from 'zod'
import { Board } from '../crm-api/board.ts'
import { view } from '../rpc/contract.ts'

/** Passed through from the server, only while at least one window looks. Null until the first board came. */
export const wallboard = {
  board: view(z.object({ board: Board.nullable(), connected: z.boolean() })),
}
