import type { Access } from './access'

/** Routes of signing in and of one's own account, for the table of rights. */
export const signInAccess: Readonly<Record<string, Access>> = {
  'GET /console/v1/sign-in/ways': 'anyone',
  'POST /console/v1/sign-in/code': 'anyone',
  'POST /console/v1/sign-in/passkey/begin': 'anyone',
  'POST /console/v1/sign-in/passkey': 'anyone',
  'POST /console/v1/sign-in/provider/:id': 'anyone',
  'GET /console/v1/sign-in/provider/:id/callback': 'anyone',
  'GET /console/v1/account': 'session.own',
  'POST /console/v1/account/sessions/:id/end': 'session.own',
  'POST /console/v1/account/app/begin': 'session.own',
  'POST /console/v1/account/app/confirm': 'session.own',
  'POST /console/v1/account/app/remove': 'session.own',
  'POST /console/v1/account/recovery-codes': 'session.own',
  'POST /console/v1/account/passkeys/begin': 'session.own',
  'POST /console/v1/account/passkeys': 'session.own',
  'POST /console/v1/account/passkeys/:id/name': 'session.own',
  'POST /console/v1/account/passkeys/:id/remove': 'session.own',
  'POST /console/v1/account/providers/:id/unlink': 'session.own',
  'GET /console/v1/people/waiting': 'account.unlock',
  'POST /console/v1/people/:id/unlock': 'account.unlock',
  'GET /console/v1/people/second-factors': 'account.reset',
  'POST /console/v1/people/:id/second-factor/reset': 'account.reset'
}
