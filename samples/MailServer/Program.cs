using MailServer;

return Application.Run(args, Console.Out, Console.Error);
