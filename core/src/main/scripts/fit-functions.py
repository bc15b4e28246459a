"""Weighted minimax fits: min over q of max |w(x) (g(x) - q(x))|, coefficients rounded to float one
by one (lowest degree first, each time refitting the rest), by Lawson's reweighted least squares
polished by linear programming."""
import numpy as np, mpmath as mp
from scipy.optimize import linprog
mp.mp.dps = 40
def nodes(a,b,n): 
    k=np.arange(n); return (a+b)/2+(b-a)/2*np.cos(np.pi*(k+.5)/n)
def lp(xs,g,w,deg,fixed):
    # variables: free coefs scaled, and t
    free=[d for d in range(deg+1) if d not in fixed]
    rhs=g-sum((np.float64(c)*xs**d for d,c in fixed.items()),np.zeros_like(xs))
    s=max(abs(xs)); 
    if not free: return {}, np.max(np.abs(w*rhs))
    A=np.stack([w*(xs/s)**d for d in free],1); S=1e9
    b=w*rhs*S
    n=len(xs)
    M=np.block([[A,-np.ones((n,1))],[-A,-np.ones((n,1))]])
    r=linprog([0]*len(free)+[1],A_ub=M,b_ub=np.concatenate([b,-b]),bounds=[(None,None)]*len(free)+[(0,None)],method='highs',options=dict(primal_feasibility_tolerance=1e-10,dual_feasibility_tolerance=1e-10))
    return {d:r.x[i]/S/s**d for i,d in enumerate(free)}, r.x[-1]/S
def fit(name,gf,wf,a,b,deg,var=lambda x:x):
    xs=nodes(a,b,301)
    g=np.array([float(gf(mp.mpf(x))) for x in xs]); w=np.array([float(wf(mp.mpf(x))) for x in xs])
    v=np.array([float(var(x)) for x in xs])
    fixed={}
    c,e0=lp(v,g,w,deg,fixed)
    for d in range(deg+1):
        c,e=lp(v,g,w,deg,fixed); fixed[d]=float(np.float32(c[d]))
    _,e=lp(v,g,w,deg,fixed)
    print(f"{name} deg {deg}: ideal 2^{np.log2(e0):.2f} rounded 2^{np.log2(e):.2f}")
    for d in range(deg+1): print(f"   c{d} = {float.hex(fixed[d])}  {np.float32(fixed[d])!r}")
H=0.3468
for d in (3,4): fit('exp',lambda r:(mp.expm1(r)-r)/r**2,lambda r:r**2/mp.exp(r),-H,H,d)
for d in (6,7,8): fit('log',lambda f:(mp.log1p(f)-f)/f**2,lambda f:f**2/abs(mp.log1p(f)),-1/3-1e-6,1/3+1e-6,d)
h=.1734
for d in (3,4): fit('tanh',lambda u:(-mp.expm1(-2*u)/2-u)/u**2,lambda u:u**2/abs(mp.expm1(-2*u)/2),-h,h,d)
for d in (5,6,7): fit('lognormal',lambda f:(mp.log1p(f)-f)/f**2,lambda f:f**2/abs(mp.log1p(f)),-.5,1e-9,d)
q=float(mp.pi/4)+1e-7
for d in (1,2): fit('sin',lambda a:(mp.sin(a)-a)/a**3,lambda a:a**3/mp.sin(a),1e-3,q,d,lambda x:x*x)
for d in (2,3): fit('cos',lambda a:(mp.cos(a)-1)/a**2,lambda a:a**2/mp.cos(a),1e-3,q,d,lambda x:x*x)
for nm,v in (('ln2',mp.log(2)),('ln2/2',mp.log(2)/2)):
    hi=np.float32(float(v)); lo=np.float32(float(v-mp.mpf(float(hi)))); print(nm,float.hex(float(hi)),float.hex(float(lo)))
print('log2e',float.hex(float(np.float32(float(1/mp.log(2))))), '2log2e',float.hex(float(np.float32(float(2/mp.log(2))))))
print('pi/2^31',float.hex(float(np.float32(float(mp.pi/2**31)))))
