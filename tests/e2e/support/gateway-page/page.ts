/// <reference types="vite/client" />
import '../../../../renderer/entry/no-eval.ts'
import { openPhone } from '../../../../renderer/entry/softphone.ts'

/** The phone as the product opens it, given an account by the address: `?gateway=ws://…`. */
const wsUrl = new URLSearchParams(window.location.search).get('gateway') ?? ''
const { client } = openPhone().connection
client.media.state(({ registration, problem }) => {
  document.body.textContent = `${registration} ${problem ?? ''}`
})
void client.media.use({
  account: {
    kind: 'web',
    username: 'anna',
    password: 'secret',
    domain: 'pbx',
    wsUrl,
    iceServers: [],
    answerToken: 'token',
    echoNumber: null,
    expiresAt: Date.now() + 3_600_000,
  },
})
