/* Every case does so many units of work and returns nothing; peers.c times it. */
double reading(long numbers, long passes);    /* a pass over the numbers */
void fixed_step(int quadratic, long n);       /* an iteration */
long lbfgs_runs(long runs);                   /* a run; returns the iterations */
void chained(long passes);                    /* a gradient in 10⁶ variables */
void bbob(int function, long n);              /* a value in 20 variables */
double echo(int n);                           /* nanoseconds of a question, by the clock */
