document.getElementById('root').textContent = 'The stand-in of the console runs, under the policy that the console has.';
