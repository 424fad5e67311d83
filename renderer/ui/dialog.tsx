import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'
import { useWords } from './words.tsx'

export interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** buttons, the main one last */
  footer?: ReactNode
  size?: 'small' | 'medium' | 'large' | undefined
  role?: 'dialog' | 'alertdialog' | undefined
  /** only to be read: there is nothing inside that could take the focus */
  isText?: boolean | undefined
}

const widths = { small: 'max-w-110', medium: 'max-w-160', large: 'max-w-240' } as const

/** Never while a call is up, unless the operator opened it. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  footer,
  size = 'medium',
  role = 'dialog',
  isText = false,
}: DialogProps) {
  const words = useWords()
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-50 grid place-items-center overflow-auto bg-backdrop p-4"
    >
      <Modal className={cx('w-full rounded-card border border-line bg-surface shadow-raised', widths[size])}>
        <AriaDialog role={role} className="flex max-h-[calc(100dvh-2rem)] flex-col outline-none">
          <header className="flex items-center gap-3 border-b border-line py-2.5 ps-4 pe-2.5">
            <Heading slot="title" className="flex-1 text-title font-semibold">
              {title}
            </Heading>
            <IconButton label={words.close} icon={X} onPress={onClose} />
          </header>
          <div
            // scrolled by keyboard, so it takes the focus (axe: scrollable-region-focusable)
            {...(isText && { tabIndex: 0, role: 'group', 'aria-label': title })}
            className="min-h-0 flex-1 overflow-auto p-4"
          >
            {children}
          </div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export interface ConfirmDialogProps {
  title: string
  /** what will be lost */
  children: ReactNode
  /** names what happens: "Elimina 1.204 nominativi", never "OK" */
  confirm: string
  onConfirm: () => void
  onClose: () => void
  isOpen: boolean
  isPending?: boolean | undefined
  tone?: 'danger' | 'primary' | undefined
}

/** Only where undo is impossible. The safe choice has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const words = useWords()
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      size="small"
      role="alertdialog"
      footer={
        <>
          {/* the least destructive choice has the focus (WAI-ARIA APG, alert dialog) */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Button autoFocus onPress={props.onClose}>
            {words.cancel}
          </Button>
          <Button
            variant={props.tone ?? 'danger'}
            isPending={props.isPending ?? false}
            onPress={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
