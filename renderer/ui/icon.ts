import type { ComponentType } from 'react'

/** A lucide icon, or anything drawn like one. Always decorative: the word beside it carries the meaning. */
export type Icon = ComponentType<{ className?: string; strokeWidth?: number; 'aria-hidden'?: boolean }>
