import { BookOpen, FileUp, WrapText } from 'lucide-react'
import { useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useCrm } from '../../client/crm.ts'
import { Banner, EmptyState } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Tag } from '../../ui/chip.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { CodeArea, goToLine } from './code-area.tsx'
import { checkScript, type CheckedScript } from './check-script.ts'
import { isFixed } from './draft.ts'
import type { CampaignEditorProps } from './editor-page.tsx'
import { Section } from './section.tsx'
import type { Editor } from './use-editor.ts'

const indented = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** The script as text, with its problems by line, and beside it what the operator will see. */
export default function ScriptSection({ editor, ScriptPreview }: { editor: Editor } & CampaignEditorProps) {
  const { t } = useTranslation()
  const { draft, change } = editor
  const isDisabled = isFixed(editor.campaign?.state ?? 'draft', 'script')
  const box = useRef<HTMLDivElement>(null)
  const problemsId = useId()
  // typing stays quick: check and preview follow
  const text = useDeferredValue(draft.script)
  const checked = useMemo(() => checkScript(text), [text])
  const lastValid = useRef('')
  if (checked.state === 'valid') lastValid.current = text
  const problems = checked.state === 'invalid' ? checked.problems : []
  const [offered, setOffered] = useState<string | null>(null)
  /** Replacing a script that is there is asked first: it cannot be taken back once saved. */
  const load = (script: string) =>
    draft.script.trim() === '' ? change({ script: indented(script) }) : setOffered(script)
  return (
    <div className="grid items-stretch gap-3 @min-[64rem]/main:grid-cols-2">
      <Section
        title={t('campaigns.sections.script')}
        about={t('campaigns.script.about')}
        actions={
          <>
            <Examples isDisabled={isDisabled} onLoad={load} />
            <FileTrigger
              acceptedFileTypes={['.json', 'application/json']}
              onSelect={(files) => void files?.[0]?.text().then(load)}
            >
              <Button size="small" icon={FileUp} isDisabled={isDisabled}>
                {t('campaigns.script.file')}
              </Button>
            </FileTrigger>
            <Button
              size="small"
              icon={WrapText}
              isDisabled={isDisabled || draft.script === ''}
              onPress={() => change({ script: indented(draft.script) })}
            >
              {t('campaigns.script.indent')}
            </Button>
          </>
        }
      >
        <div ref={box} className="flex h-[min(36rem,70dvh)] flex-col gap-2">
          <div className="min-h-0 flex-1">
            <CodeArea
              label={t('campaigns.script.text')}
              value={draft.script}
              onChange={(script) => change({ script })}
              badLines={new Set(problems.map(({ line }) => line))}
              isReadOnly={isDisabled}
              describedBy={problemsId}
            />
          </div>
          <div id={problemsId} className="max-h-40 overflow-auto">
            <Verdict
              checked={checked}
              onGo={(line) => {
                const area = box.current?.querySelector('textarea')
                if (area) goToLine(area, line)
              }}
            />
          </div>
        </div>
      </Section>
      <Section title={t('campaigns.script.preview')} about={t('campaigns.script.previewAbout')} isFlush>
        {lastValid.current === '' ? (
          <EmptyState icon={BookOpen} title={t('campaigns.script.noPreview')}>
            {t('campaigns.script.noPreviewDo')}
          </EmptyState>
        ) : (
          <div className="flex h-[min(38rem,74dvh)] flex-col gap-2 p-3">
            {checked.state === 'invalid' && (
              <Banner kind="warning" title={t('campaigns.script.oldPreview')} />
            )}
            <div className="grid min-h-0 flex-1">
              <ScriptPreview script={lastValid.current} campaign={draft} />
            </div>
          </div>
        )}
      </Section>
      <ConfirmDialog
        title={t('campaigns.script.replaceTitle')}
        confirm={t('campaigns.script.replace')}
        tone="primary"
        isOpen={offered !== null}
        onClose={() => setOffered(null)}
        onConfirm={() => {
          change({ script: indented(offered ?? '') })
          setOffered(null)
        }}
      >
        {t('campaigns.script.replaceWhat')}
      </ConfirmDialog>
    </div>
  )
}

function Examples({ isDisabled, onLoad }: { isDisabled: boolean; onLoad: (script: string) => void }) {
  const { t } = useTranslation()
  const examples = useCrm('script-examples', (crm) => crm.campaigns.scriptExamples({}))
  const items = (examples.value ?? []).map(({ name, language }) => ({
    id: `${language} ${name}`,
    label: name,
    hint: t(`campaigns.script.languages.${language}`),
  }))
  return (
    <Menu
      label={t('campaigns.script.examples')}
      items={items}
      onAction={(id) => {
        const example = examples.value?.find(({ name, language }) => `${language} ${name}` === id)
        if (example) onLoad(example.document)
      }}
    >
      <Button size="small" icon={BookOpen} isDisabled={isDisabled || items.length === 0}>
        {t('campaigns.script.examples')}
      </Button>
    </Menu>
  )
}

function Verdict({ checked, onGo }: { checked: CheckedScript; onGo: (line: number) => void }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  if (checked.state === 'empty') return <p className="text-ink-2">{t('campaigns.script.empty')}</p>
  if (checked.state === 'valid') {
    return (
      <p role="status" className="flex flex-wrap items-center gap-2 text-ink-2">
        <Tag tone="ready">{t('campaigns.script.valid')}</Tag>
        {t('campaigns.script.pages', { count: checked.pages, n: number(checked.pages) })},{' '}
        {t('campaigns.script.elements', { count: checked.elements, n: number(checked.elements) })}
      </p>
    )
  }
  return (
    <>
      <p role="status" className="mb-1 font-semibold text-missed">
        {t('campaigns.script.problemCount', {
          count: checked.problems.length,
          n: number(checked.problems.length),
        })}
      </p>
      <ul className="flex flex-col">
        {checked.problems.map((problem) => (
          <li key={`${problem.path} ${problem.code}`}>
            <button
              type="button"
              className="flex min-h-6 w-full cursor-default items-baseline gap-2 rounded-key text-start text-compact hover:bg-hover"
              onClick={() => onGo(problem.line)}
            >
              <span className="shrink-0 font-semibold text-missed">
                {t('campaigns.script.line', { n: number(problem.line) })}
              </span>
              <span className="min-w-0 break-words">
                {t(`campaigns.scriptProblems.${problem.code}`)}
                {problem.path !== '' && <span className="text-ink-3"> {problem.path}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
