using MailServer;

using CancellationTokenSource interrupt = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};
return await Application.RunAsync(args, Console.Out, Console.Error, interrupt.Token);
