import { useTranslation } from 'react-i18next'
import { useCrm } from '../../client/crm.ts'
import { navigate, useRoute } from '../../client/route.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { Earlier } from './earlier.tsx'
import { JobView } from './job-view.tsx'
import { PreviewView } from './preview-view.tsx'
import { UploadCard } from './upload-card.tsx'
import { useUpload } from './use-upload.ts'

/** One screen from the file to the result: `imports`, `imports/new/<campaign>`, `imports/job/<import>`. */
export function ImportPage() {
  const { t } = useTranslation()
  const { rest } = useRoute()
  const [what, id = null] = rest
  const campaigns = useCrm('campaigns', (crm) => crm.campaigns.list({}))
  const upload = useUpload()
  const asked = what === 'new' ? id : null
  const campaign = campaigns.value?.find((one) => one.id === asked)
  const isPreview = what !== 'job' && upload.preview !== null
  return (
    <>
      <PageBar title={t('imports.title')}>
        {campaign && what === 'new' && t('imports.intoCampaign', { campaign: campaign.description })}
      </PageBar>
      {what === 'job' && id !== null ? (
        <JobView
          key={id}
          id={id}
          campaigns={campaigns.value ?? []}
          onAnother={() => {
            upload.reset()
            navigate(['imports'])
          }}
        />
      ) : isPreview && upload.preview ? (
        <PreviewView
          key={upload.preview.id}
          first={upload.preview}
          campaigns={campaigns.value ?? []}
          campaign={asked}
          onAnother={upload.reset}
          onStarted={(job) => {
            upload.reset()
            navigate(['imports', 'job', job])
          }}
        />
      ) : (
        <div className="flex flex-col gap-3 p-3.5">
          <UploadCard upload={upload} />
          <Earlier campaigns={campaigns.value ?? []} />
        </div>
      )}
    </>
  )
}
