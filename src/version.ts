/** The version of this program; a test holds it against package.json, so that nothing has to be read at run time. */
export const VERSION = '0.1.0';
