/** The provisioning functions that the command line and the demonstration share. */
export {
  addPerson,
  allowBuild,
  AdminRefusal,
  createOrganisation,
  createTeam,
  disablePerson,
  enablePerson,
  listModels,
  openStore,
  publishModel,
  publishPolicy,
  publishRoot,
  publishSnapshot,
  releaseWorkstation,
  requireSecondFactor,
  resetSecondFactor,
  revokeWorkstation,
  setAttestation,
  trustPolicyKey,
  trustTpmMaker,
  withdrawBuild,
  withdrawModel,
  type NewPerson,
  type Store
} from '../hub/store/index'
export { grantException, listExceptions, type Exception } from '../hub/store/index'
export { publishAccommodation, withdrawAccommodation } from '../hub/store/index'
export { readAccommodation } from './accommodation/author'
export { signAccommodation } from './accommodation/sign'
export { signedGrant } from './commands/break-glass'
export { createPolicyKey, type PolicyKey } from './keys/policy-key'
export { readKeyFile, readKeyRoot, writeKeyFile } from './keys/key-file'
export { describeProblem, readPolicy, type PolicyProblem } from './policy/author'
export { signPolicy } from './policy/sign'
export { documentOf, signDocument, type SignedDocument } from './trust/document'
export { draftRoot, type WantedRoot } from './trust/root'
export { draftSnapshot, type WantedSnapshot } from './trust/snapshot'
export { readModelFile, readModelFolder, type ModelFolder } from './model/folder'
export { signModel } from './model/sign'
export { createTicket, readHubCa, type TicketRequest } from './ticket'
export { ProvisionError } from './problem'
