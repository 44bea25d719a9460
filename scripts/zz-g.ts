import { readFileSync } from 'node:fs';
import { unpack } from '#unpack/unpack.ts';
import { longName } from '#test/unpack/archives.ts';
unpack('a.zip', readFileSync('/tmp/arc/last2')); const src=longName('pax','n'.repeat(200),'x'); const end=Date.now()+8000; let n=0;
while(Date.now()<end){ n++; const b=Buffer.from(src); for(let i=0;i<1+Math.random()*6;i++) b[Math.random()*b.length|0]=[0,255,127,Math.random()*256|0][Math.random()*4|0]!; unpack('a.zip',b); }
console.log('ok',n);
