/** The parts of WebHID that are used here (TypeScript has no types for it); wicg.github.io/webhid, section 6. */
export interface HidItem {
  isAbsolute?: boolean
  isArray?: boolean
  isConstant?: boolean
  isRange?: boolean
  /** Page in the upper 16 bits. */
  usages?: readonly number[]
  usageMinimum?: number
  usageMaximum?: number
  reportSize?: number
  reportCount?: number
  logicalMinimum?: number
}
export interface HidReport {
  reportId?: number
  items?: readonly HidItem[]
}
export interface HidCollection {
  usagePage?: number
  usage?: number
  children?: readonly HidCollection[]
  inputReports?: readonly HidReport[]
  outputReports?: readonly HidReport[]
}
export interface HidInput {
  reportId: number
  data: DataView
}
export interface HidDevice {
  readonly opened: boolean
  readonly productName: string
  readonly collections: readonly HidCollection[]
  open(): Promise<void>
  close(): Promise<void>
  forget(): Promise<void>
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>
  addEventListener(type: 'inputreport', listener: (event: HidInput) => void): void
  removeEventListener(type: 'inputreport', listener: (event: HidInput) => void): void
}
export interface HidPort {
  getDevices(): Promise<HidDevice[]>
  requestDevice(options: { filters: { usagePage: number }[] }): Promise<HidDevice[]>
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { device: HidDevice }) => void): void
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: { device: HidDevice }) => void): void
}
