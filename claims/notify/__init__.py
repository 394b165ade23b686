"""Who is told what befell a claim: from the ledger to e-mails and webhooks."""
