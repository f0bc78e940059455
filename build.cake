var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");

const string Solution = "Migrations.slnx";
const string Packages = "artifacts/package";

Task("Clean")
    .Description("Removes everything that a build makes.")
    .Does(() => CleanDirectory("artifacts"));

Task("Restore")
    .Description("Restores the packages.")
    .Does(() => DotNetRestore(Solution));

Task("Lint")
    .Description("Fails when a file is not laid out as .editorconfig says.")
    .IsDependentOn("Restore")
    .Does(() => DotNetFormat(Solution, new DotNetFormatSettings { NoRestore = true, VerifyNoChanges = true }));

Task("Build")
    .Description("Builds with analyzers and warnings as errors.")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration, NoRestore = true }));

Task("Test")
    .Description("Runs all tests on the SQLite that the package brings.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings { Configuration = configuration, NoBuild = true }));

Task("Pack")
    .Description("Packs the libraries and their symbols into artifacts/package.")
    .IsDependentOn("Build")
    .Does(() =>
    {
        CleanDirectory(Packages);
        DotNetPack(Solution, new DotNetPackSettings
        {
            Configuration = configuration,
            NoBuild = true,
            OutputDirectory = Packages,
        });
    });

Task("Default")
    .Description("Lint, Test, Pack.")
    .IsDependentOn("Lint")
    .IsDependentOn("Test")
    .IsDependentOn("Pack");

RunTarget(target);
