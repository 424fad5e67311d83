import { Headset, Mic } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useView } from '../../client/desktop.ts'
import { useMediaClient } from '../../client/media.ts'
import { navigate } from '../../client/route.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, CardHead, CardSection, Heading } from '../../ui/card.tsx'
import { RadioGroup } from '../../ui/radio.tsx'
import { Devices } from './devices.tsx'
import { EchoCall } from './echo.tsx'
import { MicrophoneLevel } from './levels.tsx'
import { usePhone, type PhoneAtHand } from './use-phone.ts'

/** Part of the check before work: only where calls are real. */
export function PhoneCard() {
  const { t } = useTranslation()
  const phone = usePhone()
  if (!phone.view.needed) return null
  return (
    <div className="border-t border-line">
      <div className="flex max-w-184 flex-col gap-3 px-4 py-3">
        <Heading level={3} look="label">
          {t('phone.title')}
        </Heading>
        <PhoneParts phone={phone} />
      </div>
    </div>
  )
}

/** Among the settings of operators and supervisors it is always there: devices are chosen before they are needed. */
export function PhoneSettings() {
  const { t } = useTranslation()
  const phone = usePhone()
  const session = useView('session.current')
  if (session?.status !== 'signed-in' || session.user.role === 'administrator') return null
  return (
    <Card>
      <CardHead title={t('phone.title')} />
      <CardSection className="flex flex-col gap-3">
        <PhoneParts phone={phone} />
      </CardSection>
    </Card>
  )
}

function PhoneParts({ phone }: { phone: PhoneAtHand }) {
  const { t } = useTranslation()
  const { issue, settings, save } = phone
  return (
    <>
      {issue !== null && (
        <Banner
          kind={issue === 'waiting' ? 'info' : 'error'}
          title={t(`phone.problems.${issue}.what`)}
          todo={t(`phone.problems.${issue}.todo`)}
        />
      )}
      <RadioGroup
        label={t('phone.kind')}
        isHorizontal
        value={settings.phoneKind}
        onChange={(id) => save({ phoneKind: id === 'desk' ? 'desk' : 'web' })}
        options={[
          { id: 'web', label: t('phone.kinds.web') },
          { id: 'desk', label: t('phone.kinds.desk') },
        ]}
      />
      {settings.phoneKind === 'web' && <WebParts phone={phone} />}
    </>
  )
}

function WebParts({ phone }: { phone: PhoneAtHand }) {
  const { t } = useTranslation()
  const client = useMediaClient()
  const session = useView('session.current')
  const isOperator = session?.status === 'signed-in' && session.user.role === 'operator'
  const { microphone } = phone.media
  const isOpen = microphone === 'live' || microphone === 'silent'
  return (
    <>
      {isOpen ? (
        <MicrophoneLevel isSilent={microphone === 'silent'} />
      ) : (
        <div>
          <Button
            icon={Mic}
            isPending={microphone === 'asking'}
            onPress={() => void client.media.askMicrophone()}
          >
            {t('phone.tryMicrophone')}
          </Button>
        </div>
      )}
      <Devices {...phone} />
      <EchoCall media={phone.media} />
      {isOperator && (
        <div>
          <Button variant="quiet" icon={Headset} onPress={() => navigate(['headset'])}>
            {t('phone.toHeadset')}
          </Button>
        </div>
      )}
    </>
  )
}
