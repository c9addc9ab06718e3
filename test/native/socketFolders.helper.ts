import { socketFolders } from '../../src/host/folder';
import { answer } from './helper';

/** Prints where the sockets of an installation may be, as a process of some system sees it: `INSTALLATION`. */
answer(socketFolders(process.argv[2] ?? ''));
