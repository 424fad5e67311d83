import { CircleCheck, CircleX, Info, RotateCw, Rocket } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Campaign, LaunchCheck } from '../../../shared/crm-api/campaigns.ts'
import { useCrm } from '../../client/crm.ts'
import { pageClock } from '../../client/page-clock.ts'
import { navigate } from '../../client/route.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import type { Icon } from '../../ui/icon.ts'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { sectionOfProblem, type Section as SectionName } from './draft.ts'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

interface LaunchProps {
  editor: Editor
  onGo: (section: SectionName) => void
  onSave: () => Promise<Campaign | null>
}

/** What stops the launch, in words, each with the way to mend it; then the launch. */
export function LaunchSection({ editor, onGo, onSave }: LaunchProps) {
  const { t } = useTranslation()
  const { campaign, changed } = editor
  const isUnsaved = campaign === null || changed.length > 0
  return (
    <Section title={t('campaigns.sections.launch')} about={t('campaigns.launch.about')} isFlush>
      {isUnsaved ? (
        <EmptyState
          icon={Info}
          title={t('campaigns.launch.saveFirst')}
          action={
            <Button
              variant="primary"
              isPending={editor.action.pending === 'save'}
              onPress={() => void onSave()}
            >
              {t('campaigns.editor.save')}
            </Button>
          }
        >
          {t('campaigns.launch.saveFirstDo')}
        </EmptyState>
      ) : (
        <Check editor={editor} campaign={campaign} onGo={onGo} />
      )}
    </Section>
  )
}

function Check({ editor, campaign, onGo }: Omit<LaunchProps, 'onSave'> & { campaign: Campaign }) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const check = useCrm(`check ${campaign.id} ${campaign.version} ${campaign.state}`, (crm) =>
    crm.campaigns.check({ params: { id: campaign.id } }),
  )
  if (check.value === undefined) {
    return (
      <div className="p-4">
        {check.error ? (
          <Problem error={check.error} onRetry={check.reload} />
        ) : (
          <Skeleton lines={4} label={t('campaigns.launch.checking')} />
        )}
      </div>
    )
  }
  const found = check.value
  const { problems } = found
  const launch = async () => {
    if (await editor.command('launch')) announce(t('campaigns.launch.launched'))
    else check.reload()
  }
  return (
    <>
      <ul>
        {problems.map((problem) => (
          <Line
            key={problem}
            icon={CircleX}
            tone="text-danger"
            text={t(`campaigns.problems.${problem}.what`)}
          >
            <p className="text-compact text-ink-2">{t(`campaigns.problems.${problem}.do`)}</p>
            {problem === 'script-invalid' && <ScriptProblems check={found} />}
            <Button size="small" onPress={() => onGo(sectionOfProblem[problem])}>
              {t('campaigns.launch.goTo', { section: t(`campaigns.sections.${sectionOfProblem[problem]}`) })}
            </Button>
          </Line>
        ))}
        {problems.length === 0 && (
          <Line icon={CircleCheck} tone="text-ready" text={t('campaigns.launch.complete')} />
        )}
        <WhenLines check={found} />
      </ul>
      <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3">
        <Button icon={RotateCw} onPress={check.reload}>
          {t('campaigns.launch.again')}
        </Button>
        <span className="min-w-40 flex-1 text-ink-2">{t(`campaigns.launch.state.${campaign.state}`)}</span>
        {campaign.state === 'draft' ? (
          <Button
            variant="primary"
            size="big"
            icon={Rocket}
            isDisabled={problems.length > 0}
            isPending={editor.action.pending === 'launch'}
            onPress={() => void launch()}
          >
            {t('campaigns.launch.launch')}
          </Button>
        ) : (
          <Button variant="primary" onPress={() => navigate(['board'])}>
            {t('campaigns.launch.toBoard')}
          </Button>
        )}
      </div>
    </>
  )
}

function WhenLines({ check }: { check: z.infer<typeof LaunchCheck> }) {
  const { t } = useTranslation()
  const { longDateTime } = useFormat()
  const { blockedNow, firstCallAt } = check
  const isNow = firstCallAt !== null && firstCallAt <= pageClock.now() + 60_000 && blockedNow === null
  return (
    <>
      {blockedNow !== null && (
        <Line icon={Info} tone="text-hold" text={t('campaigns.launch.blocked')}>
          <p className="text-compact text-ink-2">{t(`campaigns.blocked.${blockedNow}`)}</p>
        </Line>
      )}
      <Line
        icon={firstCallAt === null ? CircleX : Info}
        tone={firstCallAt === null ? 'text-danger' : 'text-hold'}
        text={
          firstCallAt === null
            ? t('campaigns.launch.never')
            : isNow
              ? t('campaigns.launch.atOnce')
              : t('campaigns.launch.firstCall', { when: longDateTime(firstCallAt) })
        }
      />
    </>
  )
}

function ScriptProblems({ check }: { check: z.infer<typeof LaunchCheck> }) {
  const { t } = useTranslation()
  return (
    <ul className="list-disc ps-5 text-compact text-ink-2">
      {check.scriptProblems.slice(0, 5).map(({ path, code }) => (
        <li key={`${path} ${code}`}>
          {t(`campaigns.scriptProblems.${code}`)} <span className="text-ink-3">{path}</span>
        </li>
      ))}
    </ul>
  )
}

function Line({
  icon: IconPart,
  tone,
  text,
  children,
}: {
  icon: Icon
  tone: string
  text: string
  children?: ReactNode
}) {
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <IconPart className={cx('mt-0.5 size-4.5 shrink-0', tone)} strokeWidth={1.9} aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
        <p className="font-semibold">{text}</p>
        {children}
      </div>
    </li>
  )
}
