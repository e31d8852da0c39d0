/** Every limit of the wire and of records, in one place, each with its unit and its reason. */

/** Largest WebSocket message, in bytes. Twice an update, so that a push with its changes fits. Closed with 1009. */
export const FRAME_BYTES_MAX = 128 * 1024

/** Largest update, in bytes. A pasted page of text is ~40 KiB. Checked before parsing (D1). */
export const UPDATE_BYTES_MAX = 64 * 1024

/** Most structs in one update (D3). A form of thirty fields is thirty. */
export const UPDATE_STRUCTS_MAX = 2_000

/** Furthest that one update may advance its lease's clock (GATE 4). */
export const UPDATE_CLOCK_ADVANCE_MAX = 65_536

/** Most items that may lie between an update's origins and right origins, summed (GATE 5). Honest text stays below 500. */
export const UPDATE_SCAN_ITEMS_MAX = 20_000

/** Deepest JSON value: an object in a field. */
export const VALUE_DEPTH_MAX = 3

/** Longest map key or root name, in UTF-16 code units. A set entry of 64 characters of any script, percent-encoded at
 *  nine to the character, fits. */
export const KEY_LENGTH_MAX = 700

/** Longest scalar string in a field, in UTF-16 code units. Long text has a Y.Text of its own. */
export const STRING_LENGTH_MAX = 4_000

/** Largest HTTP body, in bytes; imports have their own. */
export const BODY_BYTES_MAX = 64 * 1024

/** Largest CSV body, in bytes. AdventureWorks' largest file is 2 MB; a million accounts are about 70. */
export const IMPORT_BYTES_MAX = 128 * 1024 * 1024

/** Records in one feed page. Small enough that a phone paints between two, large enough to be bulk work. */
export const FEED_PAGE_RECORDS = 500

/** Bytes of rows and states after which a feed page is sent although it is not full. */
export const FEED_PAGE_BYTES = 512 * 1024

/** Pages sent ahead of the device's receipt: the credit. Bounds the server's memory per link. */
export const FEED_PAGES_AHEAD = 4

/** Entries a device may have on the way, unanswered. */
export const PUSHES_IN_FLIGHT_MAX = 32

/** Waiting edits that a device tells of in its hello, and fields of each: enough to judge by, and well below a frame. */
export const UNSENT_TOLD_MAX = 100
export const UNSENT_FIELDS_MAX = 10

/** Refused edits, still open on a device, of which its hello asks what became: their ids fill a sixth of a frame. */
export const QUARANTINED_TOLD_MAX = 500

/** Conflicts that a device is told of at once, and how long after they happened, in milliseconds: a week. */
export const CONFLICTS_TOLD_MAX = 200
export const CONFLICT_TOLD_MS = 7 * 24 * 60 * 60 * 1_000

/** Bytes a socket may have buffered before it is closed with 1013: a reader too slow. */
export const SOCKET_BUFFER_BYTES_MAX = 16 * 1024 * 1024

/** Updates a second that one device may send unless AMBIT_RATE says otherwise; 0 takes off every limit. */
export const UPDATES_PER_SECOND = 200

/**
 * Bytes by which one worker may make one record grow: at once, and what comes back in a second (GATE 16). A day of typing
 * is a tenth of it; nobody else's room for the record gets smaller.
 */
export const GROWTH_BYTES_MAX = 16 * 1024 * 1024
export const GROWTH_BYTES_PER_SECOND = 200

/** Updates held for a room socket until its sync step 2 has come: bytes and milliseconds (GATE 17). */
export const ROOM_HELD_BYTES_MAX = 64 * 1024
export const ROOM_HELD_MS = 5_000

/** Presence of one socket, in bytes of JSON, and messages a second (GATE 21). */
export const AWARENESS_BYTES_MAX = 1_024
export const AWARENESS_PER_SECOND = 10

/** How long a ticket for one socket lives, in milliseconds. */
export const TICKET_MS = 30_000

/** How long a session lives without use, in milliseconds. */
export const SESSION_IDLE_MS = 14 * 24 * 60 * 60 * 1_000

/**
 * How long after its end a session may still drain (L16), in milliseconds: the 14 days for which a device shows its data
 * without the server, and 30 for whoever then looks for the tablet.
 */
export const SESSION_DRAINS_MS = 44 * 24 * 60 * 60 * 1_000

/** Refused edits that are kept for one worker; beyond, entries wait in the outbox without a verdict (GATE 16). */
export const QUARANTINE_PER_WORKER_MAX = 10_000

/** Fields of one record that a device found lost after a restore: a worker's mapped accounts are the most. */
export const FOUND_CHANGES_MAX = 2_000

/** Largest `found`, in bytes of body and blob: well below a frame. */
export const FOUND_BYTES_MAX = 120 * 1024

/** Finds of one worker's devices a second, and on their way unanswered: whoever returns has hours. */
export const FOUND_PER_SECOND = 20
export const FOUND_IN_FLIGHT_MAX = 8

/** Finds that one worker's devices handed in and nobody has looked at; beyond, they wait on the device. */
export const FOUND_PER_WORKER_MAX = 2_000

/** How long a device keeps them for that, in milliseconds. */
export const FOUND_KEPT_MS = 30 * 24 * 60 * 60 * 1_000

/** Longest word with which a refused edit is declined, in UTF-16 code units: a sentence or two for its author. */
export const DECLINE_WORD_MAX = 500

/** Default and largest page of GET /api/records. */
export const LIST_LIMIT_DEFAULT = 50
export const LIST_LIMIT_MAX = 1_000

/** Failed logins before a pause: per username and address, and per address alone, in a quarter of an hour. */
export const LOGIN_FAILURES_MAX = 10
export const LOGIN_FAILURES_PER_ADDRESS_MAX = 100
export const LOGIN_WINDOW_MS = 15 * 60 * 1_000

/** Shortest password, in characters; no other rule (DESIGN 8). */
export const PASSWORD_LENGTH_MIN = 12
export const PASSWORD_LENGTH_MAX = 1_000

/** How long an invitation is good, in milliseconds: over a weekend (W-26). */
export const INVITE_MS = 72 * 60 * 60 * 1_000

/** Longest name that a device gives itself, in UTF-16 code units. */
export const DEVICE_LABEL_LENGTH_MAX = 60

/** How long a device may show its data without meeting the server, in days, unless the settings say otherwise (DESIGN 1). */
export const OFFLINE_LEASE_DAYS = 14

/** Sockets one worker may have open, and open in a second: a person has a few tabs and devices. */
export const SOCKETS_PER_WORKER_MAX = 1_000
export const SOCKET_OPENS_PER_SECOND = 200

/** Frames a second of one socket, of any sort. Stock clients repeat the presence of everybody in the room. */
export const FRAMES_PER_SECOND = 2_000

/** How often the server looks for signs of life and gives one, in milliseconds; y-websocket gives up after 30 s of silence. */
export const HEARTBEAT_MS = 10_000
