/** One JSON value under each name. */
export interface SettingsStore {
  read(name: string): unknown
  write(name: string, value: unknown): void
}
