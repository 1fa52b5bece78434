/** Where units lie in an extension. */
export const UNIT_DIRECTORY = 'usr/lib/systemd/system';
