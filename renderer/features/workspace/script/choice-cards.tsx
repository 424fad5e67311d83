import { Check } from 'lucide-react'
import { Checkbox, CheckboxGroup, FieldError, Label, Radio, RadioGroup, Text } from 'react-aria-components'
import { cx } from '../../../ui/cx.ts'
import { ariaKeys } from '../../../ui/hotkeys/keys.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import type { QuestionFrame } from './question.tsx'

export interface CardOption {
  id: string
  label: string
  letter: string | undefined
}

const cardClass = cx(
  'group flex min-h-10 cursor-default items-center gap-2.5 rounded-field border border-line-strong px-3 py-1.5 data-hovered:transition-colors',
  'data-hovered:bg-hover data-selected:border-accent data-selected:bg-accent-weak',
  'data-focus-visible:outline-2 data-focus-visible:outline-focus',
)

const keysOf = ({ letter }: CardOption) =>
  letter === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(letter.toUpperCase()) ?? '' }

function Letter({ option }: { option: CardOption }) {
  return option.letter === undefined ? null : (
    <span aria-hidden className="inline-flex">
      <Kbd keys={option.letter} />
    </span>
  )
}

/** Several of these, as cards with their letters. */
export function CheckCards(props: {
  frame: QuestionFrame
  options: readonly CardOption[]
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  return (
    <CheckboxGroup
      className="@container flex max-w-140 flex-col gap-2"
      value={[...props.value]}
      onChange={props.onChange}
      isInvalid={props.frame.error !== undefined}
      isRequired={props.frame.isRequired}
      validationBehavior="aria"
    >
      <Label className="text-title font-semibold">{props.frame.title}</Label>
      <Notes frame={props.frame} />
      <div className="grid gap-2 @min-[24rem]:grid-cols-2">
        {props.options.map((option) => (
          <Checkbox key={option.id} value={option.id} className={cardClass} {...keysOf(option)}>
            <span
              aria-hidden
              className="grid size-4 shrink-0 place-items-center rounded-key border-[1.5px] border-control text-on-accent group-data-selected:border-accent group-data-selected:bg-accent"
            >
              <Check className="size-3 opacity-0 group-data-selected:opacity-100" strokeWidth={3.5} />
            </span>
            <span className="min-w-0 flex-1">{option.label}</span>
            <Letter option={option} />
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  )
}

/** One of these, as cards; `scale` puts them into one row. */
export function OneCard(props: {
  frame: QuestionFrame
  options: readonly CardOption[]
  value: string | null
  onChange: (value: string) => void
  isScale?: boolean
}) {
  return (
    <RadioGroup
      className={cx('@container flex flex-col gap-2', props.isScale ? 'max-w-180' : 'max-w-140')}
      value={props.value}
      onChange={props.onChange}
      isInvalid={props.frame.error !== undefined}
      isRequired={props.frame.isRequired}
      validationBehavior="aria"
      orientation={props.isScale ? 'horizontal' : 'vertical'}
    >
      <Label className="text-title font-semibold">{props.frame.title}</Label>
      <Notes frame={props.frame} />
      <div className={props.isScale ? 'flex flex-wrap gap-2' : 'grid gap-2 @min-[24rem]:grid-cols-2'}>
        {props.options.map((option) => (
          <Radio key={option.id} value={option.id} className={cardClass} {...keysOf(option)}>
            <span
              aria-hidden
              className="size-4 shrink-0 rounded-full border-[1.5px] border-control bg-surface group-data-selected:border-[5px] group-data-selected:border-accent"
            />
            <span className="min-w-0 flex-1">{option.label}</span>
            <Letter option={option} />
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

function Notes({ frame }: { frame: QuestionFrame }) {
  return (
    <>
      {frame.description !== '' && (
        <Text slot="description" className="text-compact text-ink-2">
          {frame.description}
        </Text>
      )}
      <FieldError className="text-compact text-danger">{frame.error}</FieldError>
    </>
  )
}
