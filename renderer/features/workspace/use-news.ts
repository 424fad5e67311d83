import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Work } from '../../../shared/contract/call.ts'
import { pageClock } from '../../client/page-clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { durationText } from '../../ui/format.ts'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { partyName, phoneText, stageOf } from './words.ts'

/** Tells a blind operator what a sighted one sees change, without moving the focus (ux.md, section 8). */
export function useNews(work: Work | null) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const stage = work && stageOf(work)
  const last = useRef<string | null>(null)

  useEffect(() => {
    const now = work && `${work.attempt} ${stage}`
    if (now === last.current) return
    last.current = now
    if (!work || !stage) return
    const { offer, call } = work
    const name = partyName(offer, t)
    const values = { name, phone: phoneText(call?.peer ?? offer.contact.phones[0]?.e164 ?? '') }
    if (stage === 'preview') {
      leaveField()
      announce(
        t('call.news.preview', { ...values, n: offer.record.attempts + 1, most: offer.record.maxAttempts }),
      )
    }
    if (stage === 'ringing') {
      // a caller waits for an answer, a customer only rings
      if (call?.direction === 'in') announce(t('call.news.callerRings', values), 'assertive')
      else announce(t('call.news.ringing', values))
    }
    if (stage === 'talking') announce(t('call.news.talking', values))
    if (stage === 'held') announce(t('call.news.held', values))
    if (stage === 'wrap-up' && call?.end) {
      const ended = t(`call.ended.${call.end}`)
      announce(t('call.news.wrap-up', { ended, seconds: offer.campaign.wrapUpSeconds }))
    }
  }, [announce, stage, t, work])

  const { consult, recording } = work?.call ?? { consult: null, recording: 'off' }
  const party = consult && (consult.state === 'ringing' ? 'ringing' : consult.talkingTo)
  // a call that ends says so itself
  const isTalking = work?.call?.phase.name === 'talking'
  useChange(party, (now) => {
    if (isTalking) announce(t(now === null ? 'call.news.noParty' : `call.news.party.${now}`))
  })
  useChange(recording, (now) => {
    if (isTalking) announce(t(`call.record.state.${now}`))
  })

  const phase = work?.call?.phase
  useHotkeys([
    {
      id: 'call.timeLeft',
      label: t('call.sayTime'),
      group: t('call.group'),
      keys: ['T'],
      run: () => {
        if (!work || !phase || !('since' in phase)) return
        const gone = pageClock.now() - phase.since
        const left = work.offer.campaign.wrapUpSeconds * 1000 - gone
        announce(
          phase.name === 'talking'
            ? t('call.news.timeTalking', { duration: durationText(gone) })
            : t('call.news.timeLeft', { duration: durationText(left) }),
        )
      },
      isEnabled: phase !== undefined && 'since' in phase,
    },
  ])
}

/** Runs when the value is another one, not for the first. */
function useChange<T>(value: T, on: (value: T) => void) {
  const last = useRef(value)
  useEffect(() => {
    if (last.current === value) return
    last.current = value
    on(value)
    // only the value counts: what is said of it is read when it changes
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [value])
}

/** The operator asked for the next record, so keys must work for it; nothing is typed into the last one's note. */
function leaveField() {
  if (document.activeElement instanceof HTMLElement && document.activeElement.closest('#main')) {
    document.activeElement.blur()
  }
}
