import { Ban, MoreVertical, Pause, Play, Save, Trash2 } from 'lucide-react'
import { lazy, Suspense, useEffect, useState, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { campaignCommands } from '../../../shared/domain/campaign/campaign.ts'
import { navigate, routePath, useLeaveGuard, useRoute } from '../../client/route.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/chip.tsx'
import { campaignTone } from '../../ui/domain-tones.ts'
import { useHotkeys } from '../../ui/hotkeys/hotkeys.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/progress.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { ConflictDialog, LeaveDialog, RemoveDialog } from './dialogs.tsx'
import { sections, sectionsInTrouble, type Section } from './draft.ts'
import { GeneralSection } from './general-section.tsx'
import { HoursSection } from './hours-section.tsx'
import { LaunchSection } from './launch-section.tsx'
import { LineSection } from './line-section.tsx'
import { OperatorsSection } from './operators-section.tsx'
import { OutcomesSection } from './outcomes-section.tsx'
import { RecordsSection } from './records-section.tsx'
import { SectionNav } from './section-nav.tsx'
import { useEditor, type Editor } from './use-editor.ts'

// checking a script needs the library that runs it: large, and used in this section only
const ScriptSection = lazy(() => import('./script-section.tsx'))

const isSection = (text: string | undefined): text is Section => sections.some((section) => section === text)

export interface ScriptPreviewProps {
  /** a document that was checked, as text */
  script: string
  campaign: { code: string; description: string }
}

export interface CampaignEditorProps {
  /** draws a script as the operator will see it */
  ScriptPreview: ComponentType<ScriptPreviewProps>
}

/** One campaign on one page: sections at the left, what is saved and what is not on top. */
export function CampaignEditorPage({ ScriptPreview }: CampaignEditorProps) {
  const [id = 'new'] = useRoute().rest
  return <EditorOf key={id} id={id} ScriptPreview={ScriptPreview} />
}

function EditorOf({ id, ScriptPreview }: { id: string } & CampaignEditorProps) {
  const { t } = useTranslation()
  const { editor, loading } = useEditor(id)
  if (editor) return <LoadedEditor id={id} editor={editor} ScriptPreview={ScriptPreview} />
  return (
    <>
      <PageBar title={t('campaigns.editor.title')} />
      <div className="p-3.5">
        {loading.error ? (
          <Problem error={loading.error} onRetry={loading.reload} />
        ) : (
          <Card className="p-4">
            <Skeleton lines={8} label={t('campaigns.loading')} />
          </Card>
        )}
      </div>
    </>
  )
}

function LoadedEditor({ id, editor, ScriptPreview }: { id: string; editor: Editor } & CampaignEditorProps) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const asked = useRoute().rest[1]
  const section = isSection(asked) ? asked : 'general'
  const { campaign, draft, changed, problems, action } = editor
  const isDirty = changed.length > 0
  const guard = useLeaveGuard(isDirty, routePath('campaigns', id))
  const [isRemoving, setRemoving] = useState(false)
  const go = (to: Section) => navigate(['campaigns', id, to])
  const isClosed = campaign?.state === 'closed'
  useEffect(() => {
    // "go to" buttons vanish with their section
    if (document.activeElement === document.body) document.getElementById('main')?.focus()
  }, [section])

  const save = async () => {
    const fresh = await editor.save()
    if (fresh) announce(t('campaigns.editor.savedNow'))
    else if (problems.size > 0) go(sectionsInTrouble(problems)[0] ?? 'general')
    if (fresh && id === 'new') navigate(['campaigns', fresh.id, section], { replace: true })
    return fresh
  }
  const keyOf = useHotkeys([
    {
      id: 'campaign.save',
      label: t('campaigns.editor.save'),
      group: t('campaigns.editor.title'),
      keys: ['Ctrl+S'],
      isEnabled: isDirty && !isClosed,
      run: () => void save(),
    },
  ])

  return (
    <>
      <PageBar
        title={draft.description || t('campaigns.editor.new')}
        actions={
          <>
            <Commands editor={editor} onRemove={() => setRemoving(true)} />
            <Button
              variant="primary"
              icon={Save}
              shortcut={keyOf('campaign.save')}
              isDisabled={!isDirty || isClosed}
              isPending={action.pending === 'save'}
              onPress={() => void save()}
            >
              {t('campaigns.editor.save')}
            </Button>
          </>
        }
      >
        {campaign && <Tag tone={campaignTone[campaign.state]}>{t(`campaigns.states.${campaign.state}`)}</Tag>}
        <SaveState editor={editor} />
      </PageBar>
      <div className="flex min-h-full flex-col gap-4 p-3.5 @min-[46rem]/main:flex-row">
        <SectionNav
          current={section}
          changed={changed}
          inTrouble={editor.showProblems ? sectionsInTrouble(problems) : []}
          onGo={go}
        />
        <div className="flex min-w-0 flex-1 flex-col gap-3">
          {action.error && action.failed !== 'catalogue' && <Problem error={action.error} />}
          {campaign && campaign.state !== 'draft' && section !== 'records' && section !== 'launch' && (
            <Banner
              kind="info"
              title={t(`campaigns.editor.fixed.${campaign.state}.title`)}
              means={t(`campaigns.editor.fixed.${campaign.state}.means`)}
            />
          )}
          {section === 'general' && <GeneralSection editor={editor} />}
          {section === 'line' && <LineSection key={campaign?.version} editor={editor} />}
          {section === 'hours' && <HoursSection editor={editor} />}
          {section === 'outcomes' && <OutcomesSection editor={editor} />}
          {section === 'script' && (
            <Suspense
              fallback={
                <Card className="p-4">
                  <Skeleton lines={8} label={t('campaigns.loading')} />
                </Card>
              }
            >
              <ScriptSection editor={editor} ScriptPreview={ScriptPreview} />
            </Suspense>
          )}
          {section === 'operators' && <OperatorsSection editor={editor} />}
          {section === 'records' && <RecordsSection editor={editor} />}
          {section === 'launch' && <LaunchSection editor={editor} onGo={go} onSave={save} />}
        </div>
      </div>
      {editor.conflict && <ConflictDialog editor={editor} theirs={editor.conflict} />}
      <LeaveDialog guard={guard} onSave={save} isSaving={action.pending === 'save'} />
      <RemoveDialog
        isOpen={isRemoving}
        name={draft.description}
        isPending={action.pending === 'remove'}
        onClose={() => setRemoving(false)}
        onConfirm={() =>
          void editor.remove().then((done) => {
            setRemoving(false)
            if (done) navigate(['campaigns'])
          })
        }
      />
    </>
  )
}

function SaveState({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  if (editor.changed.length > 0) {
    const names = editor.changed.map((section) => t(`campaigns.sections.${section}`)).join(', ')
    return <Tag tone="ring">{t('campaigns.editor.unsaved', { sections: names })}</Tag>
  }
  if (editor.campaign === null) return <span>{t('campaigns.editor.neverSaved')}</span>
  return (
    <span>{t('campaigns.editor.saved', { time: time(editor.savedAt ?? editor.campaign.updatedAt) })}</span>
  )
}

const commandIcons = { suspend: Pause, resume: Play, close: Ban } as const

function Commands({ editor, onRemove }: { editor: Editor; onRemove: () => void }) {
  const { t } = useTranslation()
  const { campaign } = editor
  if (campaign === null || campaign.state === 'closed') return null
  const commands = campaignCommands(campaign.state).filter((command) => command !== 'launch')
  const items = [
    ...commands
      .filter((command) => campaign.state !== 'draft' || command !== 'close')
      .map((command) => ({
        id: command,
        label: t(`campaigns.commands.${command}`),
        hint: t(`campaigns.commandHints.${command}`),
        icon: commandIcons[command],
      })),
    ...(campaign.state === 'draft'
      ? [{ id: 'remove', label: t('campaigns.editor.remove'), icon: Trash2, isDanger: true }]
      : []),
  ]
  return (
    <Menu
      label={t('campaigns.editor.more')}
      items={items}
      onAction={(item) =>
        item === 'remove' ? onRemove() : void editor.command(item as 'suspend' | 'resume' | 'close')
      }
    >
      <IconButton label={t('campaigns.editor.more')} icon={MoreVertical} />
    </Menu>
  )
}
