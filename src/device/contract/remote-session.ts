/**
 * Variables by which a session of Linux says that it is a remote one, and what gives them: sshd, xrdp, a VNC server.
 * They load nothing, so a release starts with them; the check `remote-control` makes its finding of them.
 */
export const remoteSessions = {
  SSH_CONNECTION: 'a session over SSH',
  XRDP_SESSION: 'a session over RDP',
  VNCDESKTOP: 'a session over VNC'
} as const
