/**
 * Ids are strings that the compiler keeps apart. They are made by whoever owns the thing (see docs/architecture.md,
 * "owner of each truth") and the same id names it everywhere: database row, log line, Asterisk channel.
 */
declare const brand: unique symbol
export type Id<Name extends string> = string & { readonly [brand]: Name }

export type UserId = Id<'user'>
export type CampaignId = Id<'campaign'>
export type ContactId = Id<'contact'>
/** One contact inside one campaign (scheda). */
export type RecordId = Id<'record'>
/** One try to reach one record. Its id also names the call and its leg on the switch. */
export type AttemptId = Id<'attempt'>
export type CallId = Id<'call'>
export type LegId = Id<'leg'>
export type ImportId = Id<'import'>
export type RecordingId = Id<'recording'>
/** One person listening to one recording. */
export type ListeningId = Id<'listening'>
/** Somebody who called in and waits, or waited, in a campaign's queue. */
export type CallerId = Id<'caller'>
export type OutcomeCode = Id<'outcome'>

/** Makes a new id; version 7 UUIDs in production, so that ids sort by time. */
export type MakeId = () => string
