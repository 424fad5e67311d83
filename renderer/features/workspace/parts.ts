/** What of the operator's screen stands outside of its page. */
export { CallBar } from './call-bar/call-bar.tsx'
export { OperatorDelivery, OperatorStatus } from './state/status-bar.tsx'
