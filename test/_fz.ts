import { templateAccidents, documentAccidents } from './fuzz/templates';
const t=Date.now(); const a=templateAccidents(Number(process.argv[2]),Number(process.argv[4]??7)); console.log('templates',a.length,Date.now()-t); for (const x of a.slice(0,6)) console.log(x.what.slice(0,500), JSON.stringify(x.template).slice(0,0));
const u=Date.now(); const b=documentAccidents(Number(process.argv[3]),Number(process.argv[4]??7)); console.log('docs',b.length,Date.now()-u); for (const x of b.slice(0,6)) console.log(x.what.slice(0,500), JSON.stringify(x.template).slice(0,200));
