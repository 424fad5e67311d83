import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

/** A bug in one part of the page must not take the call bar away: it says so in that part, and can be drawn again. */
export class SafetyNet extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return <Failed onAgain={() => this.setState({ hasFailed: false })} />
  }
}

function Failed({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation()
  return (
    <Banner
      kind="error"
      className="m-2.5"
      title={t('session.partFailed')}
      means={t('errors.internal.means')}
      action={<Button onPress={onAgain}>{t('session.drawAgain')}</Button>}
    />
  )
}
