import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField, type TextFieldProps } from '../../ui/text-field.tsx'

/** A password field that says when capital letters are locked: the most frequent reason for a wrong one. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'hint'>) {
  const { t } = useTranslation()
  const [capsLock, setCapsLock] = useState(false)
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <div role="presentation" onKeyDown={look} onKeyUp={look}>
      <TextField {...props} type="password" size="big" hint={capsLock ? t('session.capsLock') : undefined} />
    </div>
  )
}
