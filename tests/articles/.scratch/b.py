import re,sys,json,os,glob
F={'E':'efficacy','D':'dose','O':'off-label','C':'conflation','T':'trial-number','V':'vague'}
P=re.compile(r'⟦([^¦⟧]*)¦([^⟧]*)⟧')
out=os.path.dirname(os.getcwd())
for f in sorted(glob.glob('*.src')):
  for part in re.split(r'(?m)^@@@ ',open(f).read())[1:]:
    name,body=part.split('\n',1); name=name.strip()
    labels=[];lines=[]
    for n,l in enumerate(body.rstrip('\n').split('\n'),1):
      for m in P.finditer(l):
        for s in m[1].split(';;'):
          s=s.strip(); fam=F[s[0]]; assert s[1] in '!?',(name,n,s)
          rest=s[2:].strip(); key=''
          if s[0]=='O': key,rest=[x.strip() for x in rest.split(':',1)]
          q=m[2].strip()
          assert q and rest,(name,n,s)
          labels.append(dict(family=fam,line=n,quote=q,must=s[1]=='!',key=key,why=rest))
      l=P.sub(lambda m:m[2],l)
      assert not re.search('[⟦⟧¦]',l),(name,n,l)
      lines.append(l)
    open(f'{out}/{name}','w').write('\n'.join(lines)+'\n')
    i=name.split('.')[0]
    open(f'{out}/labels/{i}.jsonl','w').write(''.join(json.dumps(d,ensure_ascii=False)+'\n' for d in labels))
    print(name,len(' '.join(lines).split()),'must',sum(d['must'] for d in labels),'bord',sum(not d['must'] for d in labels))
