import { Minimize2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../../shared/crm-api/board.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Figure, Heading } from '../../ui/card.tsx'
import { Tag } from '../../ui/chip.tsx'
import { campaignTone, operatorTone } from '../../ui/domain-tones.ts'
import { toneText } from '../../ui/tone.ts'
import { useFormat } from '../../ui/use-format.ts'
import { Alarms, type AlarmActions } from './alarms.tsx'
import { campaignFigures, stateCounts, watched } from './rules.ts'

/** The board for a screen on the wall: big figures, no table, readable from five metres. */
export function Wall({
  board,
  actions,
  onClose,
  notice,
}: {
  board: Board
  actions: AlarmActions
  onClose: () => void
  notice: ReactNode
}) {
  const { t } = useTranslation()
  const { number, percent, time } = useFormat()
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="fixed inset-0 z-40 bg-bg"
    >
      <Modal>
        <Dialog
          aria-label={t('board.title')}
          className="h-dvh flex flex-col gap-4 overflow-auto p-5 min-[100rem]:[zoom:1.4] outline-none"
        >
          <div className="flex items-center gap-4">
            <Heading level={1} look="name">
              {t('board.title')}
            </Heading>
            <span className="flex-1 text-name text-ink-2">{time(board.at)}</span>
            <Button autoFocus icon={Minimize2} shortcut="Escape" onPress={onClose}>
              {t('board.leaveWall')}
            </Button>
          </div>
          {notice}
          <section
            aria-label={t('board.operators')}
            className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-3"
          >
            {stateCounts(board.operators).map(({ state, count }) => (
              <Card key={state}>
                <Figure
                  isWall
                  value={number(count)}
                  label={t(`states.${state}`)}
                  tone={toneText[operatorTone[state]]}
                />
              </Card>
            ))}
          </section>
          {watched(board.campaigns).map((campaign) => {
            const figures = campaignFigures(campaign, board.operators)
            return (
              <Card key={campaign.id} label={campaign.description}>
                <div className="flex flex-wrap items-center gap-3 border-b border-line px-3.5 py-3">
                  <Heading look="name">{campaign.description}</Heading>
                  <Tag tone={campaignTone[campaign.state]}>{t(`campaigns.states.${campaign.state}`)}</Tag>
                </div>
                <div className="grid grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]">
                  <Figure isWall value={number(figures.talking)} label={t('board.figures.talking')} />
                  <Figure isWall value={number(figures.lastHour)} label={t('board.figures.lastHour')} />
                  <Figure
                    isWall
                    value={figures.positive === null ? '–' : percent(figures.positive)}
                    label={t('board.figures.positive')}
                  />
                  <Figure isWall value={number(figures.left)} label={t('board.figures.left')} />
                </div>
              </Card>
            )
          })}
          {board.alarms.length > 0 && <Alarms board={board} actions={actions} isWall />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
