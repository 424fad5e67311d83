import { Maximize2, Megaphone } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../../shared/crm-api/board.ts'
import { useStatus, useView, useViewError } from '../../client/desktop.ts'
import { navigate, useRoute } from '../../client/route.ts'
import { Banner, EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { Alarms, type AlarmActions } from './alarms.tsx'
import { Calls } from './calls.tsx'
import { CampaignCard } from './campaign-card.tsx'
import { Refusal } from './listening/refusal.tsx'
import { useListening } from './listening/use-listening.ts'
import { Operators } from './operators.tsx'
import { campaignFigures, watched } from './rules.ts'
import { StoppedAt } from './since.tsx'
import { Wall } from './wall.tsx'

/** The supervisor's board: exceptions first, then campaigns, then everybody. */
export function BoardPage() {
  const { t } = useTranslation()
  const value = useView('wallboard.board')
  const error = useViewError('wallboard.board')
  const isHostUp = useStatus() === 'up'
  const isLive = isHostUp && value?.connected === true
  const board = value?.board ?? null
  const isWall = useRoute().rest[0] === 'wall'
  return (
    <>
      <PageBar
        title={t('board.title')}
        actions={
          <Button
            icon={Maximize2}
            isDisabled={board === null}
            onPress={() => {
              // the browser may refuse; the page is on the wall all the same
              void document.documentElement.requestFullscreen().catch(() => undefined)
              navigate(['board', 'wall'])
            }}
          >
            {t('board.wall')}
          </Button>
        }
      >
        {board && <Freshness board={board} isLive={isLive} />}
      </PageBar>
      {board ? (
        <StoppedAt value={isLive ? null : board.at}>
          <Content board={board} isLive={isLive} isWall={isWall} />
        </StoppedAt>
      ) : (
        <div className="p-3.5">
          {error ? (
            <Problem error={error} />
          ) : value?.connected === false ? (
            <Banner kind="warning" title={t('board.neverSeen')} todo={t('board.comesBack')} />
          ) : (
            <Card className="p-4">
              <Skeleton lines={8} label={t('board.loading')} />
            </Card>
          )}
        </div>
      )}
    </>
  )
}

function Freshness({ board, isLive }: { board: Board; isLive: boolean }) {
  const { t } = useTranslation()
  const { longDateTime, time } = useFormat()
  return (
    <span>
      {longDateTime(board.at)} · {isLive ? t('board.fresh') : t('board.stale', { time: time(board.at) })}
    </span>
  )
}

function Content({ board, isLive, isWall }: { board: Board; isLive: boolean; isWall: boolean }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const connection = useView('session.connection')
  const [filter, setFilter] = useState('')
  const listening = useListening()
  const search = useRef<HTMLDivElement>(null)
  const actions: AlarmActions = {
    openCampaign: (id, section) => navigate(['campaigns', id, section]),
    showOperator: (name) => {
      setFilter(name)
      search.current?.querySelector('input')?.focus()
    },
  }
  // an open campaign beside several others would push everybody out of a small window
  const [hasRoom] = useState(() => window.innerHeight >= 900)
  const since = connection?.server === 'down' ? connection.since : board.at
  const notice = !isLive && (
    <Banner
      kind="warning"
      title={t('board.lost', { time: time(since) })}
      means={t('board.lostMeans', { time: time(board.at) })}
      todo={t('board.comesBack')}
    />
  )
  const campaigns = watched(board.campaigns)
  if (isWall) {
    const leave = () => {
      if (document.fullscreenElement) void document.exitFullscreen()
      navigate(['board'])
    }
    return <Wall board={board} actions={actions} onClose={leave} notice={notice} />
  }
  return (
    <div className="flex flex-col gap-3 p-3.5">
      {notice}
      {/* grey keeps the contrast of the text, which fading would not */}
      <div className={isLive ? 'contents' : 'flex flex-col gap-3 grayscale'}>
        {listening.error && <Refusal error={listening.error} onClose={listening.clear} />}
        <Alarms board={board} actions={actions} />
        {campaigns.length === 0 && (
          <Card>
            <EmptyState
              icon={Megaphone}
              title={t('board.noCampaign')}
              action={
                <Button variant="primary" onPress={() => navigate(['campaigns'])}>
                  {t('board.toCampaigns')}
                </Button>
              }
            >
              {t('board.noCampaignDo')}
            </EmptyState>
          </Card>
        )}
        {campaigns.map((campaign, index) => (
          <CampaignCard
            key={campaign.id}
            campaign={campaign}
            figures={campaignFigures(campaign, board.operators)}
            at={board.at}
            isLive={isLive}
            isOpenFirst={index === 0 && (campaigns.length === 1 || hasRoom)}
            onOpen={() => navigate(['campaigns', campaign.id, 'general'])}
          />
        ))}
        <div className="grid items-start gap-3 @min-[96rem]/main:grid-cols-[minmax(0,1fr)_22rem]">
          <Operators
            board={board}
            filter={filter}
            onFilter={setFilter}
            listening={listening}
            isLive={isLive}
            ref={search}
          />
          <Calls board={board} listening={listening} isLive={isLive} />
        </div>
      </div>
    </div>
  )
}
