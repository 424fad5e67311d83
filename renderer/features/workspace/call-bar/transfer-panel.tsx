import { ArrowRightLeft, Hash, MessageCircleQuestionMark, User, UsersRound, X } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offer } from '../../../../shared/crm-api/work.ts'
import { handOnString } from '../../../../shared/domain/call/dial-string.ts'
import type { Destination } from '../../../../shared/domain/call/legs.ts'
import { errorKeys, stateKeys } from '../../../../shared/text/keys.ts'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { inputClass } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useInView } from '../../../ui/use-in-view.ts'
import { isFree, neighbour, targets, type Target } from './destinations.ts'
import { useBorrowedFocus } from './use-borrowed-focus.ts'
import { useColleagues, useGroups } from './use-colleagues.ts'
import { useCommand } from './use-command.ts'

const icons = { operator: User, queue: UsersRound, number: Hash, short: Hash } as const

export interface TransferPanelProps {
  /** The call's own campaign. */
  campaign: Pick<Offer['campaign'], 'id' | 'dialPrefix'>
  /** Null where the call's buttons have it not. */
  onAsk: ((to: Destination) => Promise<void>) | null
  onHandOver: ((to: Destination) => Promise<void>) | null
  onClose: () => void
}

/** Whom to hand the call to: typing narrows, Enter asks first, Shift+Enter hands over at once, Escape lets it be. */
export function TransferPanel({ campaign, onAsk, onHandOver, onClose }: TransferPanelProps) {
  const { t } = useTranslation()
  const listId = useId()
  const field = useRef<HTMLInputElement>(null)
  const box = useInView()
  useBorrowedFocus(field)
  const [text, setText] = useState('')
  const [place, setPlace] = useState(0)
  const { value: colleagues = [], error, reload } = useColleagues()
  const { value: groups = [] } = useGroups()
  const { problem, run } = useCommand()
  const list = targets({ colleagues, groups, own: campaign.id, text })
  const isFreeAt = (index: number) => list[index] !== undefined && isFree(list[index])
  const current = isFreeAt(place) ? place : Math.max(0, list.findIndex(isFree))
  const chosen = isFreeAt(current) ? list[current] : undefined
  const ask = chosen?.canAsk ? onAsk : null
  const handOver = chosen?.canHandOver ? onHandOver : null
  const isWait = chosen !== undefined && !chosen.canAsk

  const go = (hand: TransferPanelProps['onAsk']) => {
    if (!hand || !chosen) return
    run(async () => {
      // refused: most likely they have just become busy
      await hand(chosen.to).catch((reason: unknown) => {
        reload()
        throw reason
      })
      onClose()
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onClose()
    else if (event.key === 'ArrowDown') setPlace(neighbour(list, current, 1))
    else if (event.key === 'ArrowUp') setPlace(neighbour(list, current, -1))
    else if (event.key === 'Enter') go(event.shiftKey || !onAsk ? handOver : ask)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('call.transfer.title')}
      className="absolute end-0 top-full z-20 mt-1 flex max-h-[70dvh] w-120 max-w-full flex-col rounded-card border border-line-strong bg-surface shadow-raised"
    >
      <div className="flex items-center gap-2 p-3 pb-2">
        <input
          ref={field}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen && `${listId} ${chosen.id}`.replaceAll(' ', '-')}
          aria-label={t('call.transfer.field')}
          placeholder={t('call.transfer.field')}
          autoComplete="off"
          className={cx(inputClass, 'flex-1')}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setPlace(0)
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton label={t('common.close')} icon={X} onPress={onClose} />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={t('call.transfer.whom')}
        className={cx('flex-1 overflow-auto px-1.5', list.length > 0 && 'min-h-24')}
      >
        {list.map((target, index) => (
          <Row
            key={target.id}
            id={`${listId} ${target.id}`.replaceAll(' ', '-')}
            target={target}
            prefix={campaign.dialPrefix}
            isChosen={target === chosen}
            onChoose={() => setPlace(index)}
          />
        ))}
      </div>
      {list.length === 0 && <p className="px-3.5 py-3 text-ink-2">{t('call.transfer.nobody')}</p>}
      {(problem ?? error) !== null && (
        <p role="alert" className="px-3.5 pb-2 text-compact text-danger">
          {t(errorKeys(problem ?? error?.code ?? 'internal').what)} {t('call.transfer.stillHere')}
        </p>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-2 border-t border-line p-3 text-compact text-ink-2">
        {onAsk && (
          <>
            <dt>
              <Button
                variant="primary"
                icon={MessageCircleQuestionMark}
                shortcut="Enter"
                isDisabled={!ask}
                onPress={() => go(ask)}
              >
                {t('call.transfer.ask')}
              </Button>
            </dt>
            <dd>{t(isWait ? 'call.transfer.askNobody' : 'call.transfer.askMeans')}</dd>
          </>
        )}
        {onHandOver && (
          <>
            <dt>
              <Button
                icon={ArrowRightLeft}
                shortcut="Shift+Enter"
                isDisabled={!handOver}
                onPress={() => go(handOver)}
              >
                {t('call.transfer.blind')}
              </Button>
            </dt>
            <dd>{t(isWait ? 'call.transfer.blindWaits' : 'call.transfer.blindMeans')}</dd>
          </>
        )}
      </dl>
    </div>
  )
}

interface RowProps {
  id: string
  target: Target
  /** What goes before a number. */
  prefix: string
  isChosen: boolean
  onChoose: () => void
}

function Row(props: RowProps) {
  const { t } = useTranslation()
  const { id, target, prefix, isChosen, onChoose } = props
  const { kind, name, state, group, to } = target
  const canBe = isFree(target)
  const IconPart = icons[kind]
  return (
    // the keyboard is the field's, by aria-activedescendant (WAI-ARIA APG, combobox)
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={!canBe}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={canBe ? onChoose : undefined}
      className={cx(
        'flex min-h-8 cursor-default items-center gap-2 rounded-field px-2 py-1',
        isChosen
          ? 'bg-accent-weak text-accent forced-colors:outline-2'
          : canBe
            ? 'hover:bg-hover'
            : 'text-ink-3',
      )}
    >
      <IconPart className="size-4 shrink-0" strokeWidth={1.9} aria-hidden />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="text-compact">
        {group && t(group.here === 0 ? 'call.transfer.groupAway' : 'call.transfer.group', group)}
        {state !== null && t(stateKeys[state])}
        {(kind === 'number' || kind === 'short') && t(`call.transfer.kinds.${kind}`)}
        {to.kind === 'number' && ` · ${t('call.goesOut', { number: handOnString(to.number, prefix) })}`}
      </span>
    </div>
  )
}
