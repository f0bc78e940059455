namespace Migrations.Runner;

/// <summary>
/// The options of an application's migrator, in a class that a program beside the application can make: the command line tool finds it in the
/// assemblies that it is given, and judges a database as the application does: with its <see cref="DatabaseMigratorOptions.ApplicationId"/>,
/// its modules, tags and policies, and with <see cref="DatabaseMigratorOptions.ConnectionOpened"/> on every connection. The application
/// itself uses the same class: <c>services.AddDatabaseMigrator(new MailSetup().Configure)</c>.
/// </summary>
/// <remarks>A public class that is neither abstract nor generic, with a public constructor without parameters. One in an assembly is found by
/// itself; among several the tool is told the one that is meant.</remarks>
public interface IMigratorSetup
{
    /// <summary>
    /// Sets the options. Must open no database. Where it adds no <see cref="DatabaseMigratorOptions.Assemblies"/>, the tool takes those that it
    /// was given; and what the tool's user names beside them (a database, tags, timeouts, backups) replaces what is set here. Keys belong
    /// here too, from where the application has them: on a command line others can read them. Where many databases are upgraded at once
    /// (<c>fleet upgrade</c>), <see cref="DatabaseMigratorOptions.ConnectionOpened"/> and <see cref="DatabaseMigratorOptions.ConfigureRunner"/>
    /// are called from several threads.
    /// </summary>
    /// <param name="options">New options.</param>
    void Configure(DatabaseMigratorOptions options);
}
