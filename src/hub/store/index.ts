/** The store's door: how the hub and the provisioning commands open it and administer it. */
export { openStore, type Database, type Queries, type Store, type StoreOptions } from './open'
export { AdminRefusal } from './admin/refusal'
export {
  createOrganisation,
  createTeam,
  findOrganisation,
  findTeam,
  trustPolicyKey,
  type Organisation,
  type TeamPlace
} from './admin/organisation'
export { addPerson, disablePerson, enablePerson, type NewPerson, type WhichPerson } from './admin/person'
export { requireSecondFactor, resetSecondFactor } from './admin/second-factor'
export { grantException, listExceptions, type Exception } from './admin/break-glass'
export { publishAccommodation, withdrawAccommodation } from './admin/accommodation'
export { allowBuild, listBuilds, setAttestation, withdrawBuild } from './admin/build'
export { createEnrolmentToken, releaseWorkstation, revokeWorkstation, type NewToken } from './admin/enrolment'
export { issueTicket, type TicketRequest } from './admin/ticket'
export { newestPolicy, publishPolicy, type PublishedPolicy } from './admin/policy'
export { publishSnapshot } from './admin/snapshot'
export { trustTpmMaker } from './admin/tpm'
export { newestRoot, newestRootOf, publishRoot, type PublishedRoot } from './admin/trust'
export { verifyEd25519 } from './admin/verify'
export { listModels, publishModel, withdrawModel, type NewModel, type PublishedModel } from './admin/model'
export type { AttestationMode, Role } from './tables'
