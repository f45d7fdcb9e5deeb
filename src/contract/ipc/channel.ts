/** The channel of one call. Main listens on these and on no other. */
export const channelOf = (group: string, call: string): string => `havendesk:${group}.${call}`
