import {
  AudioLines,
  FileUp,
  Headphones,
  Headset,
  LayoutDashboard,
  Megaphone,
  PhoneMissed,
  Settings as SettingsIcon,
  ShieldCheck,
  Users,
} from 'lucide-react'
import { lazy, type ComponentType } from 'react'
import type { Role } from '../../shared/crm-api/resource.ts'
import type { ShellPage } from '../features/shell/shell.tsx'

export interface Page extends ShellPage {
  /** who has it in the rail; a role's first page is where it begins */
  roles: readonly Role[]
  View: ComponentType
}

/** Every page of the product, in the order of the rail. A new page is one line here and a folder in features. */
export const pages: readonly Page[] = [
  {
    id: 'work',
    title: 'operator.pages.work',
    icon: Headphones,
    roles: ['operator'],
    View: lazy(async () => {
      const [{ Workspace }, { PhoneCard }, { CallersCard }, { CallRecordings }] = await Promise.all([
        import('../features/workspace/workspace.tsx'),
        import('../features/phone/phone-card.tsx'),
        import('../features/callers/callers-card.tsx'),
        import('../features/recordings/call-recordings.tsx'),
      ])
      return {
        default: () => (
          <Workspace readiness={<PhoneCard />} callers={<CallersCard />} Recordings={CallRecordings} />
        ),
      }
    }),
  },
  {
    id: 'board',
    title: 'board.title',
    icon: LayoutDashboard,
    roles: ['supervisor'],
    View: lazy(async () => ({ default: (await import('../features/board/board-page.tsx')).BoardPage })),
  },
  {
    id: 'callers',
    title: 'callers.title',
    icon: PhoneMissed,
    roles: ['supervisor'],
    View: lazy(async () => ({ default: (await import('../features/callers/callers-page.tsx')).CallersPage })),
  },
  {
    id: 'campaigns',
    title: 'campaigns.title',
    icon: Megaphone,
    roles: ['supervisor'],
    View: lazy(async () => ({ default: (await import('./campaign-pages.tsx')).CampaignPages })),
  },
  {
    id: 'imports',
    title: 'imports.title',
    icon: FileUp,
    roles: ['supervisor'],
    View: lazy(async () => ({ default: (await import('../features/import/import-page.tsx')).ImportPage })),
  },
  {
    id: 'recordings',
    title: 'recordings.title',
    icon: AudioLines,
    roles: ['supervisor'],
    View: lazy(async () => ({
      default: (await import('../features/recordings/recordings-page.tsx')).RecordingsPage,
    })),
  },
  {
    id: 'users',
    title: 'users.title',
    icon: Users,
    roles: ['administrator'],
    View: lazy(async () => ({ default: (await import('../features/users/users-page.tsx')).UsersPage })),
  },
  {
    id: 'audit',
    title: 'audit.title',
    icon: ShieldCheck,
    roles: ['administrator'],
    View: lazy(async () => ({ default: (await import('../features/audit/audit-page.tsx')).AuditPage })),
  },
  {
    id: 'headset',
    title: 'headset.title',
    icon: Headset,
    roles: ['operator'],
    isEnd: true,
    View: lazy(async () => ({ default: (await import('../features/headset/headset-page.tsx')).HeadsetPage })),
  },
  {
    id: 'settings',
    title: 'settings.title',
    icon: SettingsIcon,
    roles: ['operator', 'supervisor', 'administrator'],
    isEnd: true,
    View: lazy(async () => {
      const { SettingsPage } = await import('../features/settings/settings-page.tsx')
      const { PhoneSettings } = await import('../features/phone/phone-card.tsx')
      return { default: () => <SettingsPage phone={<PhoneSettings />} /> }
    }),
  },
]

export const pagesOf = (role: Role): readonly Page[] => pages.filter(({ roles }) => roles.includes(role))
