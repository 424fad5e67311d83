import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import type { RecordingId } from '../../../shared/std/ids.ts'
import type { AppError } from '../../../shared/std/errors.ts'
import { AppError as Refusal } from '../../../shared/std/errors.ts'
import { asAppError, useCrmClient } from '../../client/crm.ts'
import { recordingAudioUrl } from '../../client/files.ts'

export interface Player {
  /** For the one audio element, which the page shows nowhere. */
  audio: {
    ref: RefObject<HTMLAudioElement | null>
    onPlay: () => void
    onPause: () => void
    onTimeUpdate: () => void
    onError: () => void
  }
  isPlaying: boolean
  isStarting: boolean
  atMs: number
  error: AppError | null
  toggle: () => void
  seek: (ms: number) => void
}

/** Plays one recording. The listening begins, and is written to the audit, with the first time it is played. */
export function usePlayer(id: RecordingId): Player {
  const crm = useCrmClient()
  const element = useRef<HTMLAudioElement | null>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [isStarting, setStarting] = useState(false)
  const [atMs, setAt] = useState(0)
  const [error, setError] = useState<AppError | null>(null)
  /** Set by the person before there is any sound. */
  const wanted = useRef(0)

  const start = useCallback(async () => {
    const sound = element.current
    if (sound === null) return
    setError(null)
    setStarting(true)
    try {
      if (!sound.hasAttribute('src')) {
        const { listening } = await crm.recordings.listen({ params: { id } })
        sound.src = recordingAudioUrl(id, listening)
        sound.currentTime = wanted.current / 1_000
      }
      await sound.play()
    } catch (refused) {
      // The next try begins to listen anew.
      sound.removeAttribute('src')
      const isOurs = refused instanceof Refusal
      setError(isOurs ? asAppError(refused) : new Refusal('server-unreachable', 'the sound did not come'))
    } finally {
      setStarting(false)
    }
  }, [crm, id])

  // A player that is closed is silent.
  useEffect(() => {
    const sound = element.current
    return () => sound?.pause()
  }, [])

  return {
    audio: {
      ref: element,
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onTimeUpdate: () => setAt(Math.round((element.current?.currentTime ?? 0) * 1_000)),
      onError: () => {
        if (element.current?.hasAttribute('src') !== true) return
        element.current.removeAttribute('src')
        setPlaying(false)
        setError(new Refusal('server-unreachable', 'the sound broke off'))
      },
    },
    isPlaying,
    isStarting,
    atMs,
    error,
    toggle: () => {
      if (isPlaying) element.current?.pause()
      else void start()
    },
    seek: (ms) => {
      wanted.current = ms
      setAt(ms)
      if (element.current?.hasAttribute('src') === true) element.current.currentTime = ms / 1_000
    },
  }
}
