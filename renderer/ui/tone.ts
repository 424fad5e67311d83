import { BellOff, BellRing, CircleCheck, CircleDashed, Coffee, Pause, Pencil, PhoneCall } from 'lucide-react'
import type { Icon } from './icon.ts'

/** The eight hues that states are told apart by, each with its own shape (ux.md, section 5). */
export type StateTone = 'ready' | 'ring' | 'talk' | 'hold' | 'wrap' | 'break' | 'missed' | 'off'

/** Text on its tinted surface, contrast at least 4.5:1. */
export const toneSurface: Readonly<Record<StateTone, string>> = {
  ready: 'bg-ready-weak text-ready',
  ring: 'bg-ring-weak text-ring',
  talk: 'bg-talk-weak text-talk',
  hold: 'bg-hold-weak text-hold',
  wrap: 'bg-wrapup-weak text-wrapup',
  break: 'bg-break-weak text-break',
  missed: 'bg-missed-weak text-missed',
  off: 'bg-off-weak text-off',
}

export const toneText: Readonly<Record<StateTone, string>> = {
  ready: 'text-ready',
  ring: 'text-ring',
  talk: 'text-talk',
  hold: 'text-hold',
  wrap: 'text-wrapup',
  break: 'text-break',
  missed: 'text-missed',
  off: 'text-off',
}

export const toneMark: Readonly<Record<StateTone, string>> = {
  ready: 'bg-ready-dot',
  ring: 'bg-ring-dot',
  talk: 'bg-talk-dot',
  hold: 'bg-hold-dot',
  wrap: 'bg-wrapup-dot',
  break: 'bg-break-dot',
  missed: 'bg-missed-dot',
  off: 'bg-off-dot',
}

export const toneEdge: Readonly<Record<StateTone, string>> = {
  ready: 'border-s-ready-dot',
  ring: 'border-s-ring-dot',
  talk: 'border-s-talk-dot',
  hold: 'border-s-hold-dot',
  wrap: 'border-s-wrapup-dot',
  break: 'border-s-break-dot',
  missed: 'border-s-missed-dot',
  off: 'border-s-off-dot',
}

export const toneIcon: Readonly<Record<StateTone, Icon>> = {
  ready: CircleCheck,
  ring: BellRing,
  talk: PhoneCall,
  hold: Pause,
  wrap: Pencil,
  break: Coffee,
  missed: BellOff,
  off: CircleDashed,
}
